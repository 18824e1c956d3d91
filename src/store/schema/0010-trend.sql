-- Schema 10: of what everybody may see, how many matters were opened and ended in each hour since 1970 (UTC), for trends. An hour is
-- 1,000,000,000 and its number, so that hours as text are in their order.
delete from counter where scope = 'hour';
insert into counter (institution_id, scope, id, measure, value)
select institution_id, 'hour', cast(1000000000 + opened / 3600000000 as text), 'opened', count(*)
  from matter where visibility = 'institution' group by institution_id, opened / 3600000000;
insert into counter (institution_id, scope, id, measure, value)
select institution_id, 'hour', cast(1000000000 + ended / 3600000000 as text),
       case when outcome = 'void' then 'void' when late = 1 then 'late' else 'closed' end as measure, count(*)
  from matter where visibility = 'institution' and ended is not null group by institution_id, ended / 3600000000, measure;
