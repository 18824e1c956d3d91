-- 失责必追究. Where the definition opens a matter on a breach, that matter exists, and names its cause.
with consequence as materialized (
  select json_extract(value, '$[0]') as definition, json_extract(value, '$[1]') as duty, json_extract(value, '$[2]') as opens
    from json_each($3, '$.consequence')),
breach as materialized (
  select e.idx, cast(substr(e.object, 2) as integer) as matter, json_extract(cast(p.body as text), '$.name') as name,
         json_extract(cast(p.body as text), '$.not_opened') as why
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'duty.breach')
select m.number, b.idx as event, b.name, c.opens, b.why
  from breach b join matter m on m.institution_id = $1 and m.id = b.matter
  join consequence c on c.definition = m.definition and c.duty = b.name
 where not exists (select 1 from link l join matter opened on opened.institution_id = l.institution_id and opened.id = l.matter
                    where l.institution_id = $1 and l.other = b.matter and l.relation = 'cause' and l.idx = b.idx + 1
                      and opened.procedure = c.opens);
