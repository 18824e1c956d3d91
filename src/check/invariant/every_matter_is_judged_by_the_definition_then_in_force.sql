-- The record. A matter is judged by the newest definition of its procedure at the time it was opened.
select m.number, m.procedure, m.definition
  from event e
  join matter m on m.institution_id = e.institution_id and m.id = cast(substr(e.object, 2) as integer)
 where e.institution_id = $1 and e.kind = 'matter.open'
   and coalesce((select max(d.id) from definition d
                  where d.institution_id = m.institution_id and d.procedure = m.procedure and d.idx < e.idx), 0) <> m.definition;
