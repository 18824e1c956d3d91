-- The record. The progress of what has parts is theirs by weight: a part that succeeded is done, a withdrawn one doesn't count.
select m.number, m.rolled, parts.rolled as of_parts
  from matter m
  join (select parent, sum(weight * case when outcome = 'success' then 100 else coalesce(rolled, 0) end) / sum(weight) as rolled
          from matter where institution_id = $1 and parent is not null and coalesce(outcome, '') <> 'void' group by parent) parts
    on parts.parent = m.id
 where m.institution_id = $1 and coalesce(m.rolled, -1) <> parts.rolled;
