-- The record. Events count from 0, and none is missing.
select idx as event, behind as after
  from (select idx, lag(idx, 1, -1) over (order by idx) as behind from event where institution_id = $1)
 where idx <> behind + 1;
