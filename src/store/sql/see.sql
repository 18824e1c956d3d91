-- Who may see a matter: one predicate, {may_see m person today}, that every list, count, search and single read shares. `m` is
-- a row of matter, `today` a day as text; person 0 is nobody. $1 is the institution.

-- :fragment holds(t, today)
:t.from_day <= :today and (:t.until_day is null or :today < :t.until_day)

-- :fragment stands_for(person, today)
-- Themselves, and whoever delegated to them.
select :person union select g.from_person from delegation g
 where g.institution_id = $1 and g.to_person = :person and g.since_day <= :today and :today < g.until_day

-- :fragment people_held(person, today)
-- Of these, who holds a post today: nobody else sees anything.
select t.person from tenure t
 where t.institution_id = $1 and t.person in ({stands_for :person :today}) and {holds t :today}

-- :fragment posts_held(person, today)
select t.post from tenure t
 where t.institution_id = $1 and t.person in ({stands_for :person :today}) and {holds t :today}

-- :fragment units_held(person, today)
select p.unit from post p where p.institution_id = $1 and p.id in ({posts_held :person :today})

-- :fragment units_below(person, today)
-- The units in which they hold a post, and all below these.
with recursive below(id) as (
  select p.unit from post p where p.institution_id = $1 and p.id in ({posts_held :person :today})
  union
  select u.id from below b cross join unit u on u.institution_id = $1 and u.parent = b.id)
select id from below

-- :fragment definitions_held(person, today)
-- Whose roles name a function that a post of theirs, or its unit, has.
select r.definition from definition_function r
  join function f on f.institution_id = $1 and f.name = r.function
 where r.institution_id = $1 and (f.post in ({posts_held :person :today})
    or f.post is null and f.unit in ({units_held :person :today}))

-- :fragment own_posts(person, today)
-- Without what was delegated: into a compartment nobody is let for another.
select t.post from tenure t where t.institution_id = $1 and t.person = :person and {holds t :today}

-- :fragment own_units(person, today)
-- The units for which an own post may act: whoever is a mere member of the unit may not.
select p.unit from post p
 where p.institution_id = $1 and p.kind <> 'member' and p.id in ({own_posts :person :today})

-- :fragment bears_alone(d, person, today)
-- A duty that a role gave to a person by name is theirs, whichever post it came through.
(:d.person = :person or :d.person is null
  and (:d.post in ({own_posts :person :today}) or :d.unit in ({own_units :person :today})))

-- :fragment head_of(unit)
(select min(p.id) from post p where p.institution_id = $1 and p.unit = :unit and p.kind = 'head')

-- :fragment holder_of(post, today)
-- Its holder; else whoever acts in it.
(select t.person from tenure t where t.institution_id = $1 and t.post = :post and {holds t :today}
  order by case t.kind when 'holder' then 0 else 1 end, t.id desc limit 1)

-- :fragment superior_of(unit)
-- The leader in charge; else the head of the nearest unit above that has one; never the unit's own head.
coalesce(
  (select u.leader from unit u where u.institution_id = $1 and u.id = :unit and u.leader is not {head_of :unit}),
  (with recursive up(id, far) as (
     select u.parent, 1 from unit u where u.institution_id = $1 and u.id = :unit
     union
     select u.parent, up.far + 1 from up join unit u on u.institution_id = $1 and u.id = up.id where up.far < 1000)
   select {head_of up.id} as head from up
    where {head_of up.id} is not null order by up.far limit 1))

-- :fragment subjects(matter, today)
-- Whom a compartment is about today, each a unit, a post or a person; one step of a role after the other.
with recursive step(unit, post, person, steps, behind, held) as (
  select coalesce(s.unit, case when f.post is null then f.unit end), coalesce(s.post, f.post), s.person, s.steps, null, null
    from subject s left join function f on f.institution_id = s.institution_id and f.name = s.function
   where s.institution_id = $1 and s.matter = :matter
  union all
  select step.unit, step.post, step.person, '=' || step.steps,
         coalesce(step.unit, (select p.unit from post p where p.institution_id = $1 and p.id = coalesce(step.post, ({first_post step.person :today})))),
         coalesce(step.post, ({first_post step.person :today}))
    from step where step.steps <> '' and step.steps not like '=%'
  union all
  select null, case when step.steps like '=h%' or (step.unit is null and {head_of step.behind} <> step.held)
                    then {head_of step.behind} else {superior_of step.behind} end,
         null, substr(step.steps, 3), null, null
    from step where step.steps like '=%')
select unit, post, person from step where steps = ''

-- :fragment first_post(person, today)
select t.post from tenure t where t.institution_id = $1 and t.person = :person and {holds t :today} order by t.id limit 1

-- :fragment kin_of(person, today)
-- Themselves and their registered relatives.
select :person union select k.other from kin k
 where k.institution_id = $1 and k.person = :person and (k.until_day is null or :today < k.until_day)
union select k.person from kin k
 where k.institution_id = $1 and k.other = :person and (k.until_day is null or :today < k.until_day)

-- :fragment heads_units(person, today)
-- The units whose head is one of these today.
select h.unit from post h
 where h.institution_id = $1 and h.kind = 'head' and h.id = {head_of h.unit}
   and {holder_of h.id :today} in ({kin_of :person :today})

-- :fragment avoids(matter, person, today)
-- The subject and whoever acts for it, the head of a unit of the subject's, and their relatives: they are never let in.
(exists (select 1 from ({subjects :matter :today}) o
   where o.post in ({own_posts :person :today}) or o.unit in ({own_units :person :today}))
 or exists (select 1 from (
    select h.unit, h.post, coalesce(h.person, {holder_of h.post :today}) as one
      from (select s.unit, coalesce(s.post, {head_of s.unit}) as post, s.person from ({subjects :matter :today}) s) h) a
  where a.one in ({kin_of :person :today})
     or coalesce(a.unit, (select p.unit from post p where p.institution_id = $1 and p.id = a.post)) in ({heads_units :person :today})
     or exists (select 1 from tenure t join post p on p.institution_id = $1 and p.id = t.post
                 where t.institution_id = $1 and t.person = a.one and {holds t :today}
                   and p.unit in ({heads_units :person :today}))))

-- :fragment may_see_unit(m, person, today)
-- Those of the lead unit and of the units above it, the commanding post, who bears or bore a duty in it, who did a deed in it, and
-- the functions of its procedure. Following it is no ground.
(:m.unit in ({units_below :person :today})
 or :m.commander in ({posts_held :person :today})
 or :m.definition in ({definitions_held :person :today})
 or exists (select 1 from duty d where d.institution_id = $1 and d.matter = :m.id
             and (d.person in ({people_held :person :today}) or d.person is null
               and (d.post in ({posts_held :person :today}) or d.unit in ({units_held :person :today}))))
 or exists (select 1 from deed e where e.institution_id = $1 and e.matter = :m.id
             and e.person in ({people_held :person :today})))

-- :fragment acts_alone(definition, person, today)
-- Through a post of their own they act for a function that its roles name.
exists (select 1 from definition_function r join function f on f.institution_id = $1 and f.name = r.function
         where r.institution_id = $1 and r.definition = :definition
           and (f.post in ({own_posts :person :today}) or f.post is null and f.unit in ({own_units :person :today})))

-- :fragment may_see_compartment(m, person, today)
-- Members; whoever owes something in it now; and whoever did something in it, while it runs and they act for a function of its
-- procedure: a step that comes back to them must find them. Each with a post of their own, and none who must avoid it.
(exists ({own_posts :person :today})
 and not exists (select 1 from account k where k.institution_id = $1 and k.keeper = :person and k.state <> 'disabled')
 and (exists (select 1 from compartment_member c where c.institution_id = $1 and c.matter = :m.id and c.person = :person
               and c.from_day <= :today and :today < c.until_day)
   or exists (select 1 from duty d where d.institution_id = $1 and d.matter = :m.id and d.closed is null
               and {bears_alone d :person :today})
   or (:m.ended is null and exists (select 1 from deed e where e.institution_id = $1 and e.matter = :m.id and e.person = :person)
     and {acts_alone :m.definition :person :today}))
 and not {avoids :m.id :person :today})

-- :fragment may_see(m, person, today)
(case :m.visibility
   when 'institution' then exists ({posts_held :person :today})
   when 'unit' then {may_see_unit :m :person :today}
   when 'compartment' then {may_see_compartment :m :person :today} end is true)

-- :fragment at_door(m, person, today)
-- A compartment is about them, by name, through a post of their own or through a unit that they act for: they never see it
-- (avoids), and what is served on them is told at the door.
(:m.visibility = 'compartment' and exists ({own_posts :person :today})
 and exists (select 1 from ({subjects :m.id :today}) o
              where o.person = :person or o.person is null
                and (o.post in ({own_posts :person :today}) or o.unit in ({own_units :person :today}))))

-- :fragment title_told(m, person, today)
-- At the door the title is part of what is hidden.
case when :m.visibility <> 'compartment' or {may_see :m :person :today} then :m.title end

-- :fragment part_counts(part, whole)
-- In the progress and the closing of a whole of that visibility: as part_counts in procedure.h has it.
(:part.visibility = 'institution' or :part.visibility = 'unit' and :whole <> 'institution')

-- :name at_door
select {at_door m $2 $3} from matter m where m.institution_id = $1 and m.id = $4;

-- :name door_list
-- At whose door somebody stands, the newest first.
select m.id from matter m
 where m.institution_id = $1 and m.id in (select s.matter from subject s where s.institution_id = $1) and {at_door m $2 $3}
 order by m.id desc limit $4;

-- :fragment is_about(m, person, today)
-- They stand at its door, or it names them, whether or not they hold a post: what was served on them is theirs to read.
({at_door :m :person :today} or :m.visibility = 'compartment'
 and exists (select 1 from ({subjects :m.id :today}) o where o.person = :person))

-- :name is_about
select {is_about m $2 $3} from matter m where m.institution_id = $1 and m.id = $4;

-- :name about_list
-- The newest first.
select m.id from matter m
 where m.institution_id = $1 and m.id in (select s.matter from subject s where s.institution_id = $1) and {is_about m $2 $3}
 order by m.id desc limit $4;

-- :name door_evidence
-- Those of them in which this file was shown.
select distinct m.id from evidence v join matter m on m.institution_id = v.institution_id and m.id = v.matter
 where v.institution_id = $1 and v.hash = $4 and {at_door m $2 $3} order by m.id;

-- :name may_see
select {may_see m $2 $3} from matter m where m.institution_id = $1 and m.id = $4;
