-- 有责要担当. A vacant post with open duties is a defect: somebody holds it today, or acts in it.
with today as (
  select date($2 / 1000000 + offset_minutes * 60, 'unixepoch') as day from institution where institution_id = $1)
select m.number, d.id as duty, d.name, p.code as post
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
  join post p on p.institution_id = d.institution_id and p.id = d.post
 where d.institution_id = $1 and d.closed is null
   and not exists (select 1 from tenure t, today
                    where t.institution_id = d.institution_id and t.post = d.post and t.from_day <= today.day
                      and (t.until_day is null or t.until_day > today.day));
