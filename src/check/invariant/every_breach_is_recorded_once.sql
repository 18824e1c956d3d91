-- 失责必追究. One failure, one record: a duty that was due at one instant is breached once.
select e.object, json_extract(cast(p.body as text), '$.duty') as duty, json_extract(cast(p.body as text), '$.at') as due,
       count(*) as times
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.kind = 'duty.breach'
 group by 1, 2, 3 having count(*) > 1;
