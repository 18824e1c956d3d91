-- The record. An account that was once an administrator's never becomes another's, and never a person's; a person's never an
-- administrator's.
with told as materialized (
  select e.object, json_extract(cast(p.body as text), '$.admin') as admin,
         json_extract(cast(p.body as text), '$.person') as person
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind in ('account.set', 'admin.set'))
select object as account, min(admin) as role, max(admin) as other, count(distinct person) as people
  from told
 group by object
having count(distinct admin) > 1 or count(distinct person) > 1 or (count(admin) > 0 and count(person) > 0);
