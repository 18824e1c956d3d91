-- The record. Each look into a compartment was one of somebody whose membership held on that day, or who owed something in it
-- then, or who had acted in it, which still ran, and held a post that day, as far as had been recorded by then.
with member_as_told as materialized (
  select e.idx, json_extract(cast(p.body as text), '$.id') as id, json_extract(cast(p.body as text), '$.matter') as matter,
         json_extract(cast(p.body as text), '$.person') as person, json_extract(cast(p.body as text), '$.from') as from_day,
         json_extract(cast(p.body as text), '$.until') as until_day
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'compartment.member'),
told as materialized (
  select e.idx, e.object, e.kind, cast(p.body as text) as body
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.object in (select object from look where institution_id = $1 and object >= 'm' and object < 'n')),
borne as materialized (
  select t.idx, t.object, json_extract(d.value, '$.id') as id, json_extract(d.value, '$.unit') as unit,
         json_extract(d.value, '$.post') as post, json_extract(d.value, '$.bearer') as person
    from told t, json_each(t.body, '$.opens') d
  union all
  select t.idx, t.object, json_extract(d.value, '$.id'), json_extract(d.value, '$.unit'), json_extract(d.value, '$.post'),
         json_extract(d.value, '$.bearer')
    from told t, json_each(t.body, '$.changes') d)
select l.idx as event, l.object, l.account
  from look l join institution i on i.institution_id = l.institution_id
  left join account a on a.institution_id = l.institution_id and a.id = l.account
 where l.institution_id = $1 and l.object >= 'm' and l.object < 'n'
   and not exists (select 1 from member_as_told m
                    where 'm' || m.matter = l.object and m.person = a.person and m.idx < l.idx
                      and m.from_day <= date(l.first / 1000000 + i.offset_minutes * 60, 'unixepoch')
                      and m.until_day > date(l.last / 1000000 + i.offset_minutes * 60, 'unixepoch')
                      and not exists (select 1 from member_as_told later
                                       where later.id = m.id and later.idx > m.idx and later.idx < l.idx))
   and not exists (select 1 from borne b
                     join duty d on d.institution_id = l.institution_id and 'm' || d.matter = b.object and d.id = b.id
                    where b.object = l.object and b.idx < l.idx and (d.closed is null or d.closed >= l.first)
                      and (b.person = a.person
                        or b.person is null and exists (
                             select 1 from tenure t join post p on p.institution_id = t.institution_id and p.id = t.post
                              where t.institution_id = l.institution_id and t.person = a.person
                                and t.from_day <= date(l.first / 1000000 + i.offset_minutes * 60, 'unixepoch')
                                and (t.until_day is null
                                  or t.until_day > date(l.last / 1000000 + i.offset_minutes * 60, 'unixepoch'))
                                and (t.post = b.post or p.unit = b.unit and p.kind <> 'member'))))
   and not exists (select 1 from told t
                     join matter m on m.institution_id = l.institution_id and 'm' || m.id = t.object
                     join tenure h on h.institution_id = l.institution_id and h.person = a.person
                    where t.object = l.object and t.idx < l.idx and t.kind = 'matter.act'
                      and a.person in (json_extract(t.body, '$.person'), json_extract(t.body, '$.on_behalf'))
                      and (m.ended is null or m.ended >= l.first)
                      and h.from_day <= date(l.first / 1000000 + i.offset_minutes * 60, 'unixepoch')
                      and (h.until_day is null
                        or h.until_day > date(l.last / 1000000 + i.offset_minutes * 60, 'unixepoch')));
