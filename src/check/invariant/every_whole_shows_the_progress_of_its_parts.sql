-- The record. The progress of what has parts is theirs by weight: a part that succeeded is done, a withdrawn one doesn't count, and
-- neither does one that fewer people may see than the whole.
select m.number, m.rolled, parts.rolled as of_parts
  from matter m
  join (select p.parent, sum(p.weight * case when p.outcome = 'success' then 100 else coalesce(p.rolled, 0) end) / sum(p.weight) as rolled
          from matter p join matter w on w.institution_id = p.institution_id and w.id = p.parent
         where p.institution_id = $1 and coalesce(p.outcome, '') <> 'void' and p.visibility <> 'compartment'
           and not (p.visibility = 'unit' and w.visibility = 'institution')
         group by p.parent) parts
    on parts.parent = m.id
 where m.institution_id = $1 and coalesce(m.rolled, -1) <> parts.rolled;
