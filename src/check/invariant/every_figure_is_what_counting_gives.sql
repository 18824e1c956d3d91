-- The record. The figures that are kept as matters change are what counting them gives.
with standing as materialized (
  select unit, commander, grasp, procedure,
         case when ended is null then 'open' when outcome = 'void' then 'void' when late = 1 then 'late'
              else 'closed' end as measure
    from matter where institution_id = $1
  union all
  select unit, commander, grasp, procedure, lamp from matter where institution_id = $1 and ended is null
  union all
  select unit, commander, grasp, procedure, 'overdue' from matter where institution_id = $1 and ended is null and overdue = 1),
counted as materialized (
  select 'all' as scope, '' as id, measure, count(*) as value from standing group by 3
  union all select 'grasp', grasp, measure, count(*) from standing group by 2, 3
  union all select 'procedure', procedure, measure, count(*) from standing group by 2, 3
  union all select 'unit', cast(unit as text), measure, count(*) from standing where unit is not null group by 2, 3
  union all select 'commander', cast(commander as text), measure, count(*) from standing
             where commander is not null group by 2, 3)
select coalesce(k.scope, c.scope) as scope, coalesce(k.id, c.id) as id, coalesce(k.measure, c.measure) as measure,
       coalesce(k.value, 0) as kept, coalesce(c.value, 0) as counted
  from (select scope, id, measure, value from counter where institution_id = $1) k
  full join counted c on c.scope = k.scope and c.id = k.id and c.measure = k.measure
 where coalesce(k.value, 0) <> coalesce(c.value, 0);
