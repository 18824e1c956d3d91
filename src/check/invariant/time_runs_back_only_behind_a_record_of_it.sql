-- The record. An event earlier than the one before it stands behind the record of a clock that was set back.
select idx as event, kind, time, before
  from (select idx, kind, time, lag(time) over (order by idx) as before, lag(kind) over (order by idx) as behind
          from event where institution_id = $1)
 where time < before and behind <> 'clock.step_back';
