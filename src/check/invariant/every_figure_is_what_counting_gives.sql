-- The record. The figures that are kept as matters change are what counting them gives: of what everybody may see in every
-- scope, of what only those around a unit may see by itself, and of compartments none.
with standing as materialized (
  select unit, commander, grasp, procedure, visibility,
         case when ended is null then 'open' when outcome = 'void' then 'void' when late = 1 then 'late'
              else 'closed' end as measure
    from matter where institution_id = $1
  union all
  select unit, commander, grasp, procedure, visibility, lamp from matter where institution_id = $1 and ended is null
  union all
  select unit, commander, grasp, procedure, visibility, 'overdue' from matter where institution_id = $1 and ended is null and overdue = 1),
known as materialized (select * from standing where visibility = 'institution'),
inner_ones as materialized (select * from standing where visibility = 'unit'),
counted as materialized (
  select 'all' as scope, '' as id, measure, count(*) as value from known group by 3
  union all select 'grasp', grasp, measure, count(*) from known group by 2, 3
  union all select 'procedure', procedure, measure, count(*) from known group by 2, 3
  union all select 'unit', cast(unit as text), measure, count(*) from known where unit is not null group by 2, 3
  union all select 'commander', cast(commander as text), measure, count(*) from known
             where commander is not null group by 2, 3
  union all select 'unit_inner', cast(unit as text), measure, count(*) from inner_ones where unit is not null group by 2, 3
  union all select 'commander_inner', cast(commander as text), measure, count(*) from inner_ones
             where commander is not null group by 2, 3
  union all select 'hour', cast(1000000000 + opened / 3600000000 as text), 'opened', count(*) from matter
             where institution_id = $1 and visibility = 'institution' group by 2
  union all select 'hour', cast(1000000000 + ended / 3600000000 as text),
                   case when outcome = 'void' then 'void' when late = 1 then 'late' else 'closed' end, count(*) from matter
             where institution_id = $1 and visibility = 'institution' and ended is not null group by 2, 3)
select coalesce(k.scope, c.scope) as scope, coalesce(k.id, c.id) as id, coalesce(k.measure, c.measure) as measure,
       coalesce(k.value, 0) as kept, coalesce(c.value, 0) as counted
  from (select scope, id, measure, value from counter where institution_id = $1) k
  full join counted c on c.scope = k.scope and c.id = k.id and c.measure = k.measure
 where coalesce(k.value, 0) <> coalesce(c.value, 0);
