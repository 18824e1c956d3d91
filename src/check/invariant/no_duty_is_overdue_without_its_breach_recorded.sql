-- 失责必追究. What was due by now and is not done is a recorded breach.
select m.number, d.id as duty, d.name, datetime(d.due / 1000000, 'unixepoch') as due_utc
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.state = 'open' and d.breached = 0 and d.due <= $2;
