-- $1 is the institution in every statement; the driver binds it.

-- :name institution_put
insert into institution (institution_id, name, title_zh, title_en, origin, offset_minutes) values ($1, $2, $3, $4, $5, $6);

-- :name institution_get
select name, title_zh, title_en, origin, offset_minutes from institution where institution_id = $1;

-- :name event_put
insert into event (institution_id, idx, time, kind, object, envelope) values ($1, $2, $3, $4, $5, $6);

-- :name payload_put
insert into payload (institution_id, idx, slot, class, salt, body) values ($1, $2, $3, $4, $5, $6);

-- :name ledger_node_put
insert into ledger_node (institution_id, level, i, hash) values ($1, $2, $3, $4);

-- :name ledger_node_get
select hash from ledger_node where institution_id = $1 and level = $2 and i = $3;

-- :name checkpoint_put
insert into checkpoint (institution_id, size, note) values ($1, $2, $3) on conflict do nothing;

-- :name checkpoint_newest
select size, note from checkpoint where institution_id = $1 order by size desc limit 1;

-- :name checkpoint_some
-- At most so many, spread over the history.
select size, note from checkpoint
 where institution_id = $1 and size % (select max(1, count(*) / $2) from checkpoint where institution_id = $1) = 0
 order by size;

-- :name ledger_size
select coalesce(max(idx) + 1, 0), coalesce((select time from event where institution_id = $1 order by idx desc limit 1), 0)
  from event where institution_id = $1;

-- :name leaf_get
select envelope from event where institution_id = $1 and idx = $2;

-- :name leaf_each
select envelope from event where institution_id = $1 and idx >= $2 and idx < $3 order by idx;

-- :name event_each
-- Every event of a range with its payload, which may have been erased.
select e.idx, e.time, e.kind, e.object, e.envelope, p.slot, p.class, p.salt, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx
 where e.institution_id = $1 and e.idx >= $2 and e.idx < $3 order by e.idx, p.slot;

-- :name event_each_matter
-- Every event of a matter, matter by matter: what replay folds.
select e.idx, e.time, e.kind, e.object, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.object >= 'm' and e.object < 'n' order by e.object, e.idx;

-- :name event_each_other
-- Every event that isn't about a matter, in order.
select e.idx, e.time, e.kind, e.object, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and (e.object < 'm' or e.object >= 'n') order by e.idx;

-- :name event_of_object
-- Which they are, an index of its own knows; asked in one piece, the planner reads every event instead.
select e.idx, e.time, e.kind, e.object, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.idx in (select o.idx from event o where o.institution_id = $1 and o.object = $2)
 order by e.idx;

-- :name event_page_up
-- A page of what happened to an object, behind the event $3, at most $4.
select e.idx, e.time, e.kind, e.object, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.idx in (select o.idx from event o where o.institution_id = $1 and o.object = $2 and o.idx > $3
                                            order by o.idx limit $4)
 order by e.idx;

-- :name event_page_down
-- The same from the newest on, before the event $3.
select e.idx, e.time, e.kind, e.object, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.idx in (select o.idx from event o where o.institution_id = $1 and o.object = $2 and o.idx < $3
                                            order by o.idx desc limit $4)
 order by e.idx desc;

-- :name event_at
-- What happened to an object at that very instant.
select e.idx, e.time, e.kind, e.object, p.body
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.idx in (select o.idx from event o where o.institution_id = $1 and o.object = $2 and o.time = $3)
 order by e.idx;

-- :name object_last
select max(idx) from event where institution_id = $1 and object = $2;

-- :name command_key_find
select digest, matter, version, id, first, count from command_key where institution_id = $1 and person = $2 and key = $3;

-- :name import_find
-- What an import opened under this key, whoever ran it. The bounds are those of the index.
select matter from command_key where institution_id = $1 and key = $2 and key >= 'import:' and key < 'import;' limit 1;

-- :name command_key_put
insert into command_key (institution_id, person, key, digest, matter, version, id, first, count)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);
