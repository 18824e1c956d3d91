-- The record. Nobody makes, resets, releases, unlocks, disables or promotes themselves.
select e.idx as event, e.object as account, json_extract(cast(p.body as text), '$.change') as change
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.kind in ('account.set', 'admin.set')
   and json_extract(cast(p.body as text), '$.by') = json_extract(cast(p.body as text), '$.id');
