-- What reports ask for. $1 is the institution in every statement; times are half-open.

-- :name duty_overdue
select d.matter, d.id, d.kind, d.name, d.unit, d.post, d.due, d.breached, m.number, m.title, m.definition, d.rule, d.person, d.state, d.closed
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.closed is null and d.state = 'open' and d.due >= $2 and d.due < $3
 order by d.due, d.matter, d.id;

-- :name part_list
-- What is part of something, has parts, or is set up at the top so that it can have some.
select id, parent, weight, definition, unit, commander, number, title, procedure, state, outcome, due,
       coalesce(rolled, progress), taken_up
  from matter m
 where institution_id = $1
   and (parent is not null or grasp = 'governance'
     or exists (select 1 from matter part where part.institution_id = m.institution_id and part.parent = m.id))
 order by id;

-- :name breach_list
select d.matter, d.id, d.unit, d.post, m.definition, d.rule, d.kind, d.name, m.number, m.title, d.state, d.due, d.closed,
       a.state, a.breached, a.post
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
  left join duty a on a.institution_id = d.institution_id and a.matter = d.matter and a.kind = 'answer' and a.about = d.id
       and a.id > d.id and a.armed >= d.due and coalesce(a.asker, 0) = coalesce(d.post, 0)
  left join post p on p.institution_id = d.institution_id and p.id = d.post
 where d.institution_id = $1 and d.breached = 1 and (d.kind = 'decide' or (d.kind = 'rule' and d.about = 0)) and d.due >= $2 and d.due < $3
 order by coalesce(d.unit, p.unit), d.post, d.due, d.matter, d.id, a.id;

-- :name consequence_list
select l.other, m.id, m.definition, p.body, m.number, m.procedure, m.state, m.outcome
  from link l join matter m on m.institution_id = l.institution_id and m.id = l.matter
  join event e on e.institution_id = l.institution_id and e.idx = l.idx - 1 and e.kind = 'duty.breach'
  left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where l.institution_id = $1 and l.relation = 'cause'
 order by l.other, m.id;

-- :name finding_list
select m.id, m.unit, m.number, m.title, m.fields, m.outcome,
       (select count(*) from matter r join deed d on d.institution_id = r.institution_id and d.matter = r.id and d.action = 'approve_plan'
         where r.institution_id = m.institution_id and r.parent = m.id),
       (select count(*) from link l where l.institution_id = m.institution_id and l.relation = 'same_problem'
           and (l.matter = m.id or l.other = m.id))
  from matter m
 where m.institution_id = $1 and m.procedure = 'finding' and m.opened >= $2 and m.opened < $3
 order by m.id;

-- :name covered_list
-- The matters of procedure $2 in which action $3 was done, but for those that were called off.
select m.id, m.number, m.fields, min(d.last)
  from matter m join deed d on d.institution_id = m.institution_id and d.matter = m.id and d.action = $3
 where m.institution_id = $1 and m.procedure = $2 and coalesce(m.outcome, '') <> 'void'
 group by m.id, m.number, m.fields
 order by m.id;

-- :name commander_list
select commander, count(*) filter (where ended is null), count(*) filter (where ended is null and due <= $2) as overdue,
       count(*) filter (where ended is null and lamp = 'red'), count(*) filter (where ended is null and lamp = 'yellow'),
       count(*) filter (where outcome = 'success'), count(*) filter (where outcome = 'success' and late = 1),
       round(avg(coalesce(rolled, progress, 0)) filter (where ended is null))
  from matter
 where institution_id = $1 and commander is not null and opened >= $3 and opened < $4
 group by commander order by overdue desc, 2 desc, commander;
