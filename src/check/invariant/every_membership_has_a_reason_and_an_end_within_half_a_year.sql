-- The record. Nobody is let into a compartment without a reason, or for good: 180 days from the day it was granted at most.
select e.idx as event, json_extract(cast(p.body as text), '$.matter') as matter,
       json_extract(cast(p.body as text), '$.person') as person, json_extract(cast(p.body as text), '$.until') as until_day
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
  join institution i on i.institution_id = e.institution_id
 where e.institution_id = $1 and e.kind = 'compartment.member'
   and (trim(coalesce(json_extract(cast(p.body as text), '$.reason'), '')) = ''
     or json_extract(cast(p.body as text), '$.until') is null
     or json_extract(cast(p.body as text), '$.until')
        > date(e.time / 1000000 + i.offset_minutes * 60, 'unixepoch', '+180 days'));
