-- What reports ask for. $1 is the institution in every statement, $2 the viewer (null: the operator, who has the machine and from
-- whom nothing is hidden), $3 today; times are half-open. What one may not see is in no row and in no sum.

-- :fragment told_of(m)
($2 is null or {may_see :m $2 $3})

-- :fragment own_or_told(m)
-- On their own record ($6) whoever asks is told of what was theirs, whether or not they hold a post today and may look into the
-- matter itself. A compartment tells at its door what it tells.
({told_of :m} or $6 = $2 and :m.visibility <> 'compartment')

-- :name duty_overdue
select d.matter, d.id, d.kind, d.name, d.unit, d.post, d.due, d.breached, m.number, m.title, m.definition, d.rule, d.person, d.state, d.closed
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.closed is null and d.state = 'open' and d.due >= $4 and d.due < $5 and {told_of m}
 order by d.due, d.matter, d.id;

-- :name part_list
-- What is part of something, has parts, or is set up at the top so that it can have some. A part of what is hidden stands at the
-- top.
select m.id, whole.id, m.weight, m.definition, m.unit, m.commander, m.number, m.title, m.procedure, m.state, m.due,
       coalesce(m.rolled, m.progress)
  from matter m
  left join matter whole on whole.institution_id = m.institution_id and whole.id = m.parent and {told_of whole}
 where m.institution_id = $1 and {told_of m}
   and (whole.id is not null or m.grasp = 'governance'
     or exists (select 1 from matter part
                 where part.institution_id = m.institution_id and part.parent = m.id and {told_of part}))
 order by m.id;

-- :name breach_list
-- Each day that was missed, though the duty has another now.
select d.matter, d.id, d.unit, d.post, m.definition, d.rule, d.kind, d.name, m.number, m.title, d.state, b.due, d.closed,
       a.state, a.breached, a.post, case when d.breached = 0 then d.due end
  from breach b join duty d on d.institution_id = b.institution_id and d.matter = b.matter and d.id = b.duty
  join matter m on m.institution_id = d.institution_id and m.id = d.matter
  left join duty a on a.institution_id = d.institution_id and a.matter = d.matter and a.kind = 'answer' and a.about = d.id
       and a.id > d.id and a.armed >= b.due and coalesce(a.asker, 0) = coalesce(d.post, 0)
  left join post p on p.institution_id = d.institution_id and p.id = d.post
 where b.institution_id = $1 and b.due >= $4 and b.due < $5 and d.kind <> 'answer' and {told_of m}
 order by coalesce(d.unit, p.unit), d.post, b.due, d.matter, d.id, a.id;

-- :name consequence_list
select l.other, m.id, m.definition, p.body, m.number, m.procedure, m.state, m.outcome
  from link l join matter m on m.institution_id = l.institution_id and m.id = l.matter
  join event e on e.institution_id = l.institution_id and e.idx = l.idx - 1 and e.kind = 'duty.breach'
  left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where l.institution_id = $1 and l.relation = 'cause' and {told_of m}
 order by l.other, m.id;

-- :name finding_list
-- The matters of procedure $6 that were opened in the time, with how many others are linked to each as the same problem.
select m.id, m.definition, m.unit, m.number, m.title, m.fields, m.outcome,
       (select count(*) from (
           select l.other as id from link l where l.institution_id = m.institution_id and l.matter = m.id and l.relation = 'same_problem'
            union all
           select l.matter from link l where l.institution_id = m.institution_id and l.other = m.id and l.relation = 'same_problem') linked
         cross join matter other where other.institution_id = m.institution_id and other.id = linked.id and {told_of other})
  from matter m
 where m.institution_id = $1 and m.procedure = $6 and m.opened >= $4 and m.opened < $5 and {told_of m}
 order by m.id;

-- :name deed_list
-- What was done in the matters of procedure $4.
select m.id, coalesce(m.parent, 0), m.definition, d.action
  from matter m join deed d on d.institution_id = m.institution_id and d.matter = m.id
 where m.institution_id = $1 and m.procedure = $4 and {told_of m}
 order by m.id, d.action;

-- :name covered_list
-- What was done first and when, action by action, in the matters of procedure $4, but for those that were called off.
select m.id, m.number, m.fields, min(d.last), m.definition, d.action
  from matter m join deed d on d.institution_id = m.institution_id and d.matter = m.id
 where m.institution_id = $1 and m.procedure = $4 and {told_of m} and coalesce(m.outcome, '') <> 'void'
 group by m.id, m.number, m.fields, m.definition, d.action
 order by m.id, min(d.last), d.action;

-- :name commander_list
select commander, count(*) filter (where ended is null), count(*) filter (where ended is null and due <= $4) as overdue,
       count(*) filter (where ended is null and lamp = 'red'), count(*) filter (where ended is null and lamp = 'yellow'),
       count(*) filter (where outcome = 'success'), count(*) filter (where outcome = 'success' and late = 1),
       round(avg(coalesce(rolled, progress, 0)) filter (where ended is null))
  from matter m
 where institution_id = $1 and commander is not null and opened >= $5 and opened < $6 and {told_of m}
 group by commander order by overdue desc, 2 desc, commander;

-- :fragment settled(d, m, p)
:d.matter, :d.id, :m.definition, coalesce(:d.unit, :p.unit), :d.post, :d.person, :d.rule, :d.kind, :d.name, :m.number, :m.title, :d.due,
:d.closed, :d.state, :d.breached

-- :fragment is_settled(d)
-- What was owed and is settled, or was failed. A duty that goes on with a breached one is the same failure.
:d.institution_id = $1 and :d.due >= $4 and :d.due < $5 and (:d.breached = 1 or :d.state = 'done')
 and not (:d.kind = 'rule' and :d.about <> 0 and :d.breached = 1)

-- :name settled_list
select {settled d m p}
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
  left join post p on p.institution_id = d.institution_id and p.id = d.post
 where {is_settled d} and {told_of m}
 order by d.matter, d.id;

-- :name settled_of_person
-- Of the posts that $6 ever held, and what was theirs by name: whose it was on the day that counts, the tenures say.
select {settled d m p}
  from (select k.matter, k.id from duty k
         where k.post in (select t.post from tenure t where t.institution_id = $1 and t.person = $6) and k.person is null and {is_settled k}
        union all
        select k.matter, k.id from duty k where k.person = $6 and {is_settled k}) mine
  join duty d on d.institution_id = $1 and d.matter = mine.matter and d.id = mine.id
  join matter m on m.institution_id = $1 and m.id = d.matter
  left join post p on p.institution_id = $1 and p.id = d.post
 where {own_or_told m}
 order by d.matter, d.id;

-- :name verified_list
select m.id, m.definition, m.unit, e.person, e.action, m.number, m.title, m.ended
  from matter m join deed e on e.institution_id = m.institution_id and e.matter = m.id
 where m.institution_id = $1 and m.outcome = 'success' and m.ended >= $4 and m.ended < $5 and {told_of m}
 order by e.person, m.id, e.action;

-- :name verified_of_person
-- The deeds of one person are fewer than the matters of a year: crossed, they are what is walked.
select m.id, m.definition, m.unit, e.person, e.action, m.number, m.title, m.ended
  from deed e cross join matter m
 where e.institution_id = $1 and e.person = $6 and m.institution_id = $1 and m.id = e.matter and m.outcome = 'success' and m.ended >= $4 and m.ended < $5 and {own_or_told m}
 order by m.id, e.action;

-- :name effect_list
-- The matters of procedure $4 whose fields read like $5, to be read closely.
select m.id, m.definition, m.number, m.title, m.state, m.fields
  from matter m where m.institution_id = $1 and m.procedure = $4 and m.fields like $5 and {own_or_told m}
 order by m.id;

-- :name kept_list
-- The matters of procedure $4, but for those that were called off, with all they say.
select m.id, m.definition, m.number, m.title, m.state, coalesce(m.outcome, ''), m.fields, m.due
  from matter m
 where m.institution_id = $1 and m.procedure = $4 and coalesce(m.outcome, '') <> 'void' and {told_of m}
 order by m.id;

-- :name undertaken_list
select m.id, m.unit, m.number, m.title, m.procedure, m.ended, m.outcome
  from matter m
 where m.institution_id = $1 and m.unit is not null and m.opened >= $4 and m.opened < $5 and coalesce(m.outcome, '') <> 'void' and {told_of m}
 order by m.unit, m.id;

-- :name events_said
select e.idx, e.kind, p.body, e.time
  from event e left join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where e.institution_id = $1 and e.object = $2
 order by e.idx;
