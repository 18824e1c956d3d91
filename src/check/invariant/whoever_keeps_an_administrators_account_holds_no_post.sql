-- The record. Administrators have no part in business: who keeps such an account holds no post today or later, and neither
-- stands in for anybody nor is stood in for.
with today as (
  select date($2 / 1000000 + offset_minutes * 60, 'unixepoch') as day from institution where institution_id = $1),
keeper as (
  select code, keeper as person from account where institution_id = $1 and keeper is not null and state <> 'disabled')
select k.code as account, k.person, 'post' as holds, t.post as id
  from keeper k join tenure t on t.institution_id = $1 and t.person = k.person join today on true
 where t.until_day is null or t.until_day > today.day
union all
select k.code, k.person, 'delegation', d.id
  from keeper k join delegation d on d.institution_id = $1 and k.person in (d.from_person, d.to_person) join today on true
 where d.until_day > today.day;
