-- The record. The day that a list shows is the earliest of the duties that are open.
select m.number, m.due, min(d.due) as earliest
  from matter m left join duty d on d.institution_id = m.institution_id and d.matter = m.id and d.state = 'open'
 where m.institution_id = $1
 group by m.id, m.number, m.due
having coalesce(m.due, -1) <> coalesce(min(d.due), -1);
