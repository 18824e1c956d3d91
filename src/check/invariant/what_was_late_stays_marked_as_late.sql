-- 失责必追究. A breach that held a matter up stays visible after it is closed.
select distinct m.number, m.state
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
  join matter m on m.institution_id = e.institution_id and m.id = cast(substr(e.object, 2) as integer)
 where e.institution_id = $1 and e.kind = 'duty.breach' and json_extract(cast(p.body as text), '$.late') = 1 and m.late = 0;
