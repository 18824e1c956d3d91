-- The record. One person, one account: neither a second of their own, nor an administrator's beside it, nor two of those.
with held as (
  select person, code from account where institution_id = $1 and person is not null
  union all
  select keeper, code from account where institution_id = $1 and keeper is not null and state <> 'disabled')
select person, min(code) as account, max(code) as other from held group by person having count(*) > 1;
