-- The record. A matter's version is how many events it has, and it knows the newest of them.
select m.number, m.version, m.last_index, count(e.idx) as events, max(e.idx) as newest
  from matter m left join event e on e.institution_id = m.institution_id and e.object = 'm' || m.id
 where m.institution_id = $1
 group by m.id, m.number, m.version, m.last_index
having m.version <> count(e.idx) or m.last_index <> coalesce(max(e.idx), -1);
