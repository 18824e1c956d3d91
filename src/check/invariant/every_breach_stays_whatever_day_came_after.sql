-- 失责必追究. A day that was missed stays recorded as missed, though the duty was given another.
select e.idx as event, e.object, json_extract(cast(p.body as text), '$.name') as name
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and 'duty.breach' in (e.kind, json_extract(cast(p.body as text), '$.act'))
   and not exists (select 1 from breach b where b.institution_id = e.institution_id
                      and b.matter = cast(substr(e.object, 2) as integer) and b.duty = json_extract(cast(p.body as text), '$.duty')
                      and b.due = json_extract(cast(p.body as text), '$.at'));
