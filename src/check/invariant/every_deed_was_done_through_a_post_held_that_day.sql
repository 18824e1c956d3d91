-- 有权必有责. Powers belong to posts: whoever did something in a matter, or whom they stood in for, held the post
-- through which it was done on that day, as far as had been recorded by then.
with tenure_as_told as materialized (
  select e.idx, e.object, json_extract(cast(p.body as text), '$.post') as post,
         json_extract(cast(p.body as text), '$.person') as person, json_extract(cast(p.body as text), '$.from') as from_day,
         json_extract(cast(p.body as text), '$.until') as until_day
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'tenure.set'),
deed_done as materialized (
  select e.idx, e.object, e.kind, date(e.time / 1000000 + i.offset_minutes * 60, 'unixepoch') as day,
         json_extract(cast(p.body as text), '$.post') as post,
         coalesce(json_extract(cast(p.body as text), '$.on_behalf'), json_extract(cast(p.body as text), '$.person')) as person
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
    join institution i on i.institution_id = e.institution_id
   where e.institution_id = $1 and e.kind in ('matter.act', 'request.make', 'request.decide'))
select d.idx as event, d.object, d.kind, d.day, d.post, d.person
  from deed_done d
 where d.person is not null
   and not exists (select 1 from tenure_as_told t
                    where t.person = d.person and t.post = d.post and t.idx < d.idx and t.from_day <= d.day
                      and (t.until_day is null or t.until_day > d.day)
                      and not exists (select 1 from tenure_as_told later
                                       where later.object = t.object and later.idx > t.idx and later.idx < d.idx));
