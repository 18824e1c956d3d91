-- :name matter_insert
insert into matter (institution_id, id, definition, procedure, grasp, number, year, seq, title, state, fields, unit, commander,
  parent, weight, progress, rolled, opened, changed_at, ended, outcome, due, suspended_until, lamp, lamp_until, overdue, version,
  last_index, taken_up, late, extended, next_duty, next_request, next_instruction, visibility)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,
  $28, $29, $30, $31, $32, $33, $34, $35);

-- :name subject_put
insert into subject (institution_id, matter, i, function, unit, post, person, steps) values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (institution_id, matter, i) do update set unit = excluded.unit, post = excluded.post, person = excluded.person;

-- :name matter_visibility_set
update matter set visibility = $3 where institution_id = $1 and definition = $2;

-- :name matter_filled
select id, definition, number, title, fields from matter where institution_id = $1 order by id;

-- :name matter_update
-- All that no index is made of: these change with every act.
update matter set title = $3, state = $4, fields = $5, progress = $6, rolled = $7, changed_at = $8, outcome = $9, lamp = $10,
  overdue = $11, version = $12, last_index = $13, taken_up = $14, late = $15, extended = $16, next_duty = $17, next_request = $18,
  next_instruction = $19
 where institution_id = $1 and id = $2;

-- :name matter_place
-- What indexes are made of. Apart, because SQLite rewrites every index of a column that is named, changed or not.
update matter set unit = $3, commander = $4, due = $5, ended = $6, suspended_until = $7, lamp_until = $8
 where institution_id = $1 and id = $2;

-- :name matter_get
select id, definition, number, year, seq, state, fields, parent, weight, progress, opened, changed_at, ended, suspended_until, version,
  last_index, taken_up, late, extended, next_duty, next_request, next_instruction
  from matter where institution_id = $1 and id = $2;

-- :name matter_counted
-- What the counters and the indexes know of it before it is saved again.
select unit, commander, grasp, procedure, ended, outcome, late, lamp, overdue, due, suspended_until, lamp_until,
       visibility, opened from matter where institution_id = $1 and id = $2;

-- :name matter_next
select coalesce(max(id), 0) + 1 from matter where institution_id = $1;

-- :name matter_find_number
-- By the index of numbers: with a bare id to sort by, it would go through all matters to find that none has it.
select id from matter where institution_id = $1 and number = $2 order by +id desc limit 1;

-- :name matter_exists
select 1 from matter where institution_id = $1 and id = $2;

-- :name lamps_stale
update matter set lamp_until = $2 where institution_id = $1 and ended is null;

-- :name children_open
-- Those that count (see.sql).
select count(*) from matter part join matter whole on whole.institution_id = $1 and whole.id = part.parent
 where part.institution_id = $1 and part.parent = $2 and part.ended is null and {part_counts part whole.visibility};

-- :name children_rolled
-- Progress of the parts by weight: a part that succeeded is done, a withdrawn one doesn't count. $3 is how the whole may be seen;
-- a row of it may be still to come.
select sum(part.weight * case when part.outcome = 'success' then 100 else coalesce(part.rolled, 0) end), sum(part.weight)
  from matter part
 where part.institution_id = $1 and part.parent = $2 and coalesce(part.outcome, '') <> 'void' and {part_counts part $3};

-- :name rolled_set
update matter set rolled = $3 where institution_id = $1 and id = $2;

-- :name rolled_own
select progress, rolled, parent, visibility from matter where institution_id = $1 and id = $2;

-- :fragment stands(m, word)
-- The words of enum matter_standing; null doesn't count.
(:word is null or case :word
  when 'open' then :m.ended is null when 'overdue' then :m.overdue = 1 when 'breached' then :m.late = 1
  when 'closed' then :m.ended is not null and :m.outcome <> 'void' and :m.late = 0
  when 'late' then :m.ended is not null and :m.outcome <> 'void' and :m.late = 1
  else :m.outcome = :word end)

-- :name matter_list
-- Everything, the newest first; filters that are null don't count.
select id, number, title, procedure, state, definition, unit, commander, due, lamp, progress, rolled, ended, parent,
       last_index, opened
  from matter where institution_id = $1
   and ($2 is null or procedure = $2) and ($3 is null or grasp = $3) and ($4 is null or state = $4)
   and ($5 is null or unit = $5) and ($6 is null or lamp = $6) and {stands matter $7}
   and ($8 is null or id in ({found $8})) and ($9 is null or parent = $9) and ($10 is null or id in ({followed_by $10}))
 order by id desc limit $11;

-- :name matter_list_unit
-- The open matters of one unit by due day.
select id, number, title, procedure, state, definition, unit, commander, due, lamp, progress, rolled, ended, parent,
       last_index, opened
  from matter where institution_id = $1 and unit = $2 and ended is null order by due, id limit $3;

-- :name duty_put
insert into duty (institution_id, matter, id, kind, name, rule, about, asker, unit, post, person, state, armed, due, warn, remaining_days,
  provisional, extended, warned, breached, closed)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
on conflict (institution_id, matter, id) do update set about = excluded.about, unit = excluded.unit, post = excluded.post, person = excluded.person,
  state = excluded.state, due = excluded.due, warn = excluded.warn, remaining_days = excluded.remaining_days,
  provisional = excluded.provisional, extended = excluded.extended, warned = excluded.warned, breached = excluded.breached,
  closed = excluded.closed;

-- :name breach_put
insert into breach (institution_id, matter, duty, due) values ($1, $2, $3, $4) on conflict do nothing;

-- :name duty_of_matter
-- What is owed, and what was breached and is closed: the same failure must be known again.
select id, kind, rule, about, asker, unit, post, person, state, armed, due, warn, remaining_days, provisional, extended, warned, breached, closed,
       (select max(b.due) from breach b where b.institution_id = duty.institution_id and b.matter = duty.matter and b.duty = duty.id)
  from duty where institution_id = $1 and matter = $2
   and (closed is null or (kind = 'rule' and state <> 'missed' and (breached = 1 or exists (select 1 from breach b
     where b.institution_id = duty.institution_id and b.matter = duty.matter and b.duty = duty.id)))) order by id;

-- :name duty_all_of_matter
select id, kind, rule, about, asker, unit, post, person, state, armed, due, warn, remaining_days, provisional, extended, warned, breached, closed,
       (select max(b.due) from breach b where b.institution_id = duty.institution_id and b.matter = duty.matter and b.duty = duty.id)
  from duty where institution_id = $1 and matter = $2 order by id;

-- :name duty_of_post
select d.matter, d.id, d.kind, d.name, d.unit, d.post, d.due, d.breached, m.number, m.title, m.definition, d.rule, d.person, d.state, d.closed
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.post = $2 and d.closed is null order by d.due limit $3;

-- :name duty_of_unit
select d.matter, d.id, d.kind, d.name, d.unit, d.post, d.due, d.breached, m.number, m.title, m.definition, d.rule, d.person, d.state, d.closed
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.unit = $2 and d.closed is null order by d.due limit $3;

-- :name duty_of_person
-- What a person bears by name, whichever post it came through.
select d.matter, d.id, d.kind, d.name, d.unit, d.post, d.due, d.breached, m.number, m.title, m.definition, d.rule, d.person, d.state, d.closed
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.person = $2 and d.closed is null order by d.due limit $3;

-- :name duty_open_all
select d.matter, d.id, d.kind, d.name, d.unit, d.post, d.due, d.breached, m.number, m.title, m.definition, d.rule, d.person, d.state, d.closed
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.closed is null order by d.due limit $2;

-- :name matter_due_now
-- Matters for which time has brought something, the earliest first. Each branch is one short range of an index.
select matter, min(at) from (
  select matter, due as at from duty where institution_id = $1 and state = 'open' and breached = 0 and due <= $2
  union all
  select matter, warn from duty where institution_id = $1 and state = 'open' and warned = 0 and breached = 0
     and warn is not null and warn <= $2
  union all
  select id, suspended_until from matter where institution_id = $1 and suspended_until is not null and suspended_until <= $2
  union all
  select id, lamp_until from matter where institution_id = $1 and lamp_until is not null and lamp_until <= $2)
 group by matter order by 2, 1;

-- :name matter_due_next
-- When time will next bring something; the same four ranges of indexes as matter_due_now.
select min(at) from (
  select min(due) as at from duty where institution_id = $1 and state = 'open' and breached = 0
  union all
  select min(warn) from duty where institution_id = $1 and state = 'open' and warned = 0 and breached = 0 and warn is not null
  union all
  select min(suspended_until) from matter where institution_id = $1 and suspended_until is not null
  union all
  select min(lamp_until) from matter where institution_id = $1 and lamp_until is not null);

-- :name request_put
insert into request (institution_id, matter, id, name, rule, person, on_behalf, post, asked, fields, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (institution_id, matter, id) do update set state = excluded.state;

-- :name request_rules
-- Of every request there ever was in a matter.
select id, rule, state from request where institution_id = $1 and matter = $2 order by id;

-- :name request_of_matter
select id, rule, person, on_behalf, post, asked, fields, state from request where institution_id = $1 and matter = $2 and state = 'open' order by id;

-- :name deed_put
insert into deed (institution_id, matter, action, person, last, times) values ($1, $2, $3, $4, $5, $6)
on conflict (institution_id, matter, action, person) do update set last = excluded.last, times = excluded.times;

-- :name deed_of_matter
select action, person, last, times from deed where institution_id = $1 and matter = $2;

-- :name notice_put
insert into notice (institution_id, post, idx, matter, duty, kind) values ($1, $2, $3, $4, $5, $6) on conflict do nothing;

-- :name notice_of_post
select n.idx, n.matter, n.duty, n.kind, e.time, m.number, m.title, n.post, m.visibility = 'compartment'
  from notice n join event e on e.institution_id = n.institution_id and e.idx = n.idx
  join matter m on m.institution_id = n.institution_id and m.id = n.matter
 where n.institution_id = $1 and n.post = $2 order by n.idx desc limit $3;

-- :name evidence_put
insert into evidence (institution_id, matter, idx, hash, name, size) values ($1, $2, $3, $4, $5, $6) on conflict do nothing;

-- :name evidence_of_matter
select idx, hash, name, size from evidence where institution_id = $1 and matter = $2 order by idx, name;

-- :name evidence_hashes
-- The files between levels lie among them too, as they went and came.
select hash from evidence where institution_id = $1 union select hash from package where institution_id = $1 order by 1;

-- :name evidence_elsewhere
-- The same file shown for another matter: what a verifier should know.
select m.number from evidence e join matter m on m.institution_id = e.institution_id and m.id = e.matter
 where e.institution_id = $1 and e.hash = $2 and e.matter <> $3 order by e.idx limit 1;

-- :name link_put
insert into link (institution_id, matter, idx, relation, other) values ($1, $2, $3, $4, $5) on conflict do nothing;

-- :name link_of_matter
select l.relation, m.number, m.title, 1, m.id from link l join matter m on m.institution_id = l.institution_id and m.id = l.other
 where l.institution_id = $1 and l.matter = $2
union all
select l.relation, m.number, m.title, 0, m.id from link l join matter m on m.institution_id = l.institution_id and m.id = l.matter
 where l.institution_id = $1 and l.other = $2;

-- :name sequence_last
select last from sequence where institution_id = $1 and procedure = $2 and year = $3;

-- :name sequence_put
insert into sequence (institution_id, procedure, year, last) values ($1, $2, $3, $4)
on conflict (institution_id, procedure, year) do update
  set last = case when excluded.last > sequence.last then excluded.last else sequence.last end;

-- :name counter_add
insert into counter (institution_id, scope, id, measure, value) values ($1, $2, $3, $4, $5)
on conflict (institution_id, scope, id, measure) do update set value = value + excluded.value;

-- :name counter_clear
delete from counter where institution_id = $1;

-- :fragment standing_rows()
-- Each matter once for how it stands and, while it is open, once for its lamp and once for being overdue.
select unit, commander, grasp, procedure, visibility,
       case when ended is null then 'open' when outcome = 'void' then 'void' when late = 1 then 'late' else 'closed' end as measure
  from matter where institution_id = $1
union all
select unit, commander, grasp, procedure, visibility, lamp from matter where institution_id = $1 and ended is null
union all
select unit, commander, grasp, procedure, visibility, 'overdue' from matter
 where institution_id = $1 and ended is null and overdue = 1

-- :name counter_fill
-- All of them at once, from what there is: after a step of the schema.
insert into counter (institution_id, scope, id, measure, value)
with standing as ({standing_rows})
select $1, 'all', '', measure, count(*) from standing where visibility = 'institution' group by measure
union all select $1, 'grasp', grasp, measure, count(*) from standing where visibility = 'institution' group by grasp, measure
union all select $1, 'procedure', procedure, measure, count(*) from standing where visibility = 'institution' group by procedure, measure
union all select $1, case visibility when 'unit' then 'unit_inner' else 'unit' end, cast(unit as text), measure, count(*) from standing
           where visibility <> 'compartment' and unit is not null group by visibility, unit, measure
union all select $1, case visibility when 'unit' then 'commander_inner' else 'commander' end, cast(commander as text), measure, count(*)
            from standing where visibility <> 'compartment' and commander is not null group by visibility, commander, measure
union all select $1, 'hour', cast(1000000000 + opened / 3600000000 as text), 'opened', count(*)
            from matter where institution_id = $1 and visibility = 'institution' group by opened / 3600000000
union all select $1, 'hour', cast(1000000000 + ended / 3600000000 as text),
                 case when outcome = 'void' then 'void' when late = 1 then 'late' else 'closed' end as measure, count(*)
            from matter where institution_id = $1 and visibility = 'institution' and ended is not null
           group by ended / 3600000000, measure;

-- :name counter_of
select measure, value from counter where institution_id = $1 and scope = $2 and id = $3 order by measure;
