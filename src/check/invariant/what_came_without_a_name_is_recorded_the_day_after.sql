-- 有责要担当. What came without a name on a day that is over is recorded on the next, so that somebody owes it an answer.
select w.came, count(*) as waiting
  from letter_waiting w join institution i on i.institution_id = w.institution_id
 where w.institution_id = $1 and w.came < date($2 / 1000000 + i.offset_minutes * 60 - 86400, 'unixepoch')
 group by w.came;
