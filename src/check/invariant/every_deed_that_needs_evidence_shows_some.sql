-- 有权必有责. Where a definition asks for evidence, the deed brought at least one file.
with wanted as materialized (
  select json_extract(value, '$[0]') as definition, json_extract(value, '$[1]') as action from json_each($3, '$.evidence'))
select m.number, e.idx as event, w.action
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
  join matter m on m.institution_id = e.institution_id and m.id = cast(substr(e.object, 2) as integer)
  join wanted w on w.definition = m.definition and w.action = json_extract(cast(p.body as text), '$.action')
 where e.institution_id = $1 and e.kind = 'matter.act'
   and not exists (select 1 from evidence v
                    where v.institution_id = e.institution_id and v.matter = m.id and v.idx = e.idx);
