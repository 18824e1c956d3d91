-- 0009: what somebody waits for an answer to, by due day.
create index duty_asker on duty (institution_id, asker, due) where closed is null and asker is not null;
