-- 有权必有责. Power can be lent for some days, and never passed on: a deed for another needs a delegation from that very
-- person.
with delegation_as_told as materialized (
  select e.idx, e.object, json_extract(cast(p.body as text), '$.from') as from_person,
         json_extract(cast(p.body as text), '$.to') as to_person, json_extract(cast(p.body as text), '$.since') as since_day,
         json_extract(cast(p.body as text), '$.until') as until_day
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'delegation.set'),
stood_in as materialized (
  select e.idx, e.object, e.kind, date(e.time / 1000000 + i.offset_minutes * 60, 'unixepoch') as day,
         json_extract(cast(p.body as text), '$.person') as person,
         json_extract(cast(p.body as text), '$.on_behalf') as on_behalf
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
    join institution i on i.institution_id = e.institution_id
   where e.institution_id = $1 and e.object >= 'm' and e.object < 'n'
     and json_extract(cast(p.body as text), '$.on_behalf') is not null)
select s.idx as event, s.object, s.kind, s.day, s.person, s.on_behalf
  from stood_in s
 where not exists (select 1 from delegation_as_told g
                    where g.from_person = s.on_behalf and g.to_person = s.person and g.idx < s.idx and g.since_day <= s.day
                      and g.until_day > s.day
                      and not exists (select 1 from delegation_as_told later
                                       where later.object = g.object and later.idx > g.idx and later.idx < s.idx));
