-- 失责必追究. Nobody is said to have failed before the day was over.
select e.idx as event, e.object, json_extract(cast(p.body as text), '$.name') as name
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.kind = 'duty.breach' and e.time < json_extract(cast(p.body as text), '$.at');
