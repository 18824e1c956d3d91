-- 失责必追究. A breach reaches somebody besides the one who failed. Who bore the duty is what the matter's events said
-- by then.
with breach as materialized (
  select e.idx, e.object, cast(substr(e.object, 2) as integer) as matter,
         json_extract(cast(p.body as text), '$.duty') as duty, json_extract(cast(p.body as text), '$.name') as name
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind = 'duty.breach'),
told as materialized (
  select idx, count(distinct post) as posts, min(post) as post from notice
   where institution_id = $1 and kind = 'breached' group by idx)
select m.number, b.idx as event, b.duty, b.name
  from breach b join matter m on m.institution_id = $1 and m.id = b.matter
  left join told t on t.idx = b.idx
 where coalesce(t.posts, 0) < 2
   and coalesce(t.post, 0) in (0, coalesce((
         select json_extract(borne.value, '$.post')
           from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main',
                json_each(json_array(json_extract(cast(p.body as text), '$.opens'),
                                     json_extract(cast(p.body as text), '$.changes'))) list,
                json_each(list.value) borne
          where e.institution_id = $1 and e.object = b.object and e.idx < b.idx and list.value is not null
            and json_extract(borne.value, '$.id') = b.duty and json_extract(borne.value, '$.post') is not null
          order by e.idx desc limit 1), 0));
