-- The record. Each look into a compartment was one of somebody whose membership held on that day, as far as had been
-- recorded by then.
with member_as_told as materialized (
  select e.idx, json_extract(cast(p.body as text), '$.id') as id, json_extract(cast(p.body as text), '$.matter') as matter,
         json_extract(cast(p.body as text), '$.person') as person, json_extract(cast(p.body as text), '$.from') as from_day,
         json_extract(cast(p.body as text), '$.until') as until_day
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'compartment.member')
select l.idx as event, l.object, l.account
  from look l join institution i on i.institution_id = l.institution_id
  left join account a on a.institution_id = l.institution_id and a.id = l.account
 where l.institution_id = $1 and l.object >= 'm' and l.object < 'n'
   and not exists (select 1 from member_as_told m
                    where 'm' || m.matter = l.object and m.person = a.person and m.idx < l.idx
                      and m.from_day <= date(l.first / 1000000 + i.offset_minutes * 60, 'unixepoch')
                      and m.until_day > date(l.last / 1000000 + i.offset_minutes * 60, 'unixepoch')
                      and not exists (select 1 from member_as_told later
                                       where later.id = m.id and later.idx > m.idx and later.idx < l.idx));
