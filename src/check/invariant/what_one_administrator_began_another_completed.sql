-- The record. An account that one administrator made or reset was released by another; nobody makes administrators without
-- being one, except at the beginning.
with told as materialized (
  select e.idx, e.object, json_extract(cast(p.body as text), '$.change') as change,
         json_extract(cast(p.body as text), '$.by') as by
    from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
   where e.institution_id = $1 and e.kind in ('account.set', 'admin.set'))
select r.idx as event, r.object as account, r.change, r.by
  from told r
 where (r.change = 'released'
        and not exists (select 1 from told b
                         where b.object = r.object and b.idx < r.idx and b.change in ('created', 'reset') and b.by <> r.by
                           and not exists (select 1 from told later
                                            where later.object = r.object and later.idx > b.idx and later.idx < r.idx
                                              and later.change in ('created', 'reset'))))
    or (r.by = 0 and r.idx > (select min(idx) from event where institution_id = $1 and kind = 'bootstrap.end'));
