-- The record. A matter is judged by the newest definition of its procedure at the time it was opened.
select m.number, m.procedure, m.definition
  from matter m
  join event e on e.institution_id = m.institution_id and e.object = 'm' || m.id and e.kind = 'matter.open'
 where m.institution_id = $1
   and coalesce((select max(d.id) from definition d
                  where d.institution_id = m.institution_id and d.procedure = m.procedure and d.idx < e.idx), 0) <> m.definition;
