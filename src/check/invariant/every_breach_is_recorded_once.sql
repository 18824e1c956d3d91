-- 失责必追究. One failure, one record: what the definition wants by one instant is breached once, however often it is
-- armed; and so is each decision and each answer that is owed.
select e.object, json_extract(cast(p.body as text), '$.name') as name,
       datetime(json_extract(cast(p.body as text), '$.at') / 1000000, 'unixepoch') as due_utc, count(*) as times
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
  left join duty d on d.institution_id = e.institution_id and d.matter = cast(substr(e.object, 2) as integer)
   and d.id = json_extract(cast(p.body as text), '$.duty')
 where e.institution_id = $1 and e.kind = 'duty.breach'
 group by 1, 2, 3, case when d.kind = 'rule' then 0 else json_extract(cast(p.body as text), '$.duty') end having count(*) > 1;
