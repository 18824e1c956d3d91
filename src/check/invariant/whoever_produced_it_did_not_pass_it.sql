-- 有权必有责. What a definition keeps apart (not_by) was done by different people, and whoever stands in counts as both.
with separation as materialized (
  select json_extract(value, '$[0]') as definition, json_extract(value, '$[1]') as action, json_extract(value, '$[2]') as other
    from json_each($3, '$.separation')),
done as materialized (
  select e.idx, e.object, json_extract(cast(p.body as text), '$.action') as action,
         json_extract(cast(p.body as text), '$.person') as person, json_extract(cast(p.body as text), '$.on_behalf') as on_behalf,
         json_extract(cast(p.body as text), '$.in_name_of') as in_name_of
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'matter.act')
select m.number, passed.idx as event, passed.action, produced.idx as produced_in, produced.action as produced_by, passed.person
  from done passed
  join matter m on m.institution_id = $1 and m.id = cast(substr(passed.object, 2) as integer)
  join separation s on s.definition = m.definition and s.action = passed.action
  join done produced on produced.object = passed.object and produced.idx < passed.idx and produced.action = s.other
   and (produced.person in (passed.person, passed.on_behalf, passed.in_name_of)
     or produced.on_behalf in (passed.person, passed.on_behalf, passed.in_name_of)
     or produced.in_name_of in (passed.person, passed.on_behalf, passed.in_name_of));
