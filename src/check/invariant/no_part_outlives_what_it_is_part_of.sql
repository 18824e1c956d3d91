-- 有责要担当. Where the parts must be closed first, none is open, or was closed later, when the whole has succeeded; but for
-- those that fewer people may see than the whole, of which nobody is told by it.
with parts_first as materialized (select value as definition from json_each($3, '$.parts_first'))
select m.number, part.number as part, part.state
  from matter m join parts_first f on f.definition = m.definition
  join matter part on part.institution_id = m.institution_id and part.parent = m.id
 where m.institution_id = $1 and m.outcome = 'success' and part.visibility <> 'compartment'
   and not (part.visibility = 'unit' and m.visibility = 'institution') and (part.ended is null or part.ended > m.ended);
