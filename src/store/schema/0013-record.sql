-- 0013: what became of duties, of posts and by day; who did what; what was opened and what ended well, by time.

create index duty_settled_post on duty (institution_id, post, due) where breached = 1 or state = 'done';
create index duty_settled on duty (institution_id, due) where breached = 1 or state = 'done';
create index duty_named on duty (institution_id, person, due) where person is not null;
create index deed_person on deed (institution_id, person, matter, action);
create index matter_opened on matter (institution_id, opened) where unit is not null;
create index matter_ended_well on matter (institution_id, ended) where outcome = 'success';
