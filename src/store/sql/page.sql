-- Lists as people see them, a page at a time. $2 is the viewer, $3 today; what one may not see is nowhere, neither as a row nor
-- as the parent of one, nor in a count. Each walks an index in the order asked for, or sorts what a narrow question found.
--
-- $4 procedure $5 grasp $6 state $7 unit $8 lamp $9 standing $10 parent $11 commander $12 due before $13 opened from $14 opened
-- until $15 words (FTS) $16 programme $17 only what they follow $18 how many $19 and $20 the place behind which the page begins

-- :fragment line(m)
:m.id, :m.number, :m.title, :m.procedure, :m.state, :m.definition, :m.unit, :m.commander, :m.due, :m.lamp, :m.progress, :m.rolled,
:m.ended, (select above.id from matter above where above.institution_id = $1 and above.id = :m.parent and {may_see above $2 $3}),
:m.last_index, :m.opened

-- :fragment whole_seen(id)
exists (select 1 from matter w where w.institution_id = $1 and w.id = :id and {may_see w $2 $3})

-- :fragment asked_for(m)
($15 is null or :m.id in ({found $15})) and {asked_beside_words :m}

-- :fragment asked_beside_words(m)
-- Filters that are null don't count. Of what isn't seen itself, no parts are listed either.
($4 is null or :m.procedure = $4) and ($5 is null or :m.grasp = $5) and ($6 is null or :m.state = $6)
and ($7 is null or :m.unit = $7) and ($8 is null or :m.lamp = $8) and {stands :m $9}
and ($11 is null or :m.commander = $11) and ($12 is null or :m.due < $12)
and ($13 is null or :m.opened >= $13) and ($14 is null or :m.opened < $14)
and ($10 is null or :m.parent = $10 and {whole_seen $10})
and ($16 is null or :m.id in ({parts_below $16}) and {whole_seen $16})
and ($17 is null or :m.id in ({followed_by $2}))
and {may_see :m $2 $3}

-- :fragment parts_below(id)
with recursive part(id) as (
  select c.id from matter c where c.institution_id = $1 and c.parent = :id
  union
  select c.id from part cross join matter c on c.institution_id = $1 and c.parent = part.id)
select id from part

-- Ways to a matter: what is equal in an index.
-- :fragment by_all(m)
1 = 1
-- :fragment by_unit(m)
:m.unit = $7
-- :fragment by_commander(m)
:m.commander = $11
-- :fragment by_procedure(m)
:m.procedure = $4
-- :fragment by_parent(m)
:m.parent = $10
-- :fragment by_programme(m)
:m.id in ({parts_below $16})

-- :fragment by_followed(m)
:m.id in ({followed_by $2})

-- :fragment by_words(m)
:m.id in ({found $15})

-- :fragment up()
asc
-- :fragment down()
desc
-- :fragment behind_up(column, place)
:column > :place
-- :fragment behind_down(column, place)
:column < :place
-- :fragment from_up(column, place)
:column >= :place
-- :fragment from_down(column, place)
:column <= :place

-- :name page_newest_<way>
-- :for way all unit procedure
select {line m} from matter m
 where m.institution_id = $1 and {by_<way> m} and m.id < $20 and $19 = $19 and {asked_for m}
 order by m.id desc limit $18;

-- :name page_newest_words
-- What the words are found in, walked from the newest.
select {line m}, f.rowid as place from search f cross join matter m
 where f.search match $15 and f.rowid < $20 and {is_indexed f.rowid}
   and $19 = $19 and m.institution_id = $1 and m.id = f.rowid and {asked_beside_words m}
 union all
select {line m}, w.id as place from search_wait w cross join search_text s cross join matter m
 where w.institution_id = $1 and w.id < $20 and s.institution_id = $1 and s.id = w.id
   and has_words($15, s.head, s.body, {said_of s.id}) and m.institution_id = $1 and m.id = w.id and {asked_beside_words m}
 order by place desc limit $18;

-- :name page_due_<way>_<dir>
-- :for way all unit commander
-- :for dir up down
-- What has a due day is open.
select {line m} from matter m
 where m.institution_id = $1 and {by_<way> m} and m.ended is null
   and {from_<dir> m.due $19} and ({behind_<dir> m.due $19} or {behind_<dir> m.id $20}) and {asked_for m}
 order by m.due {<dir>}, m.id {<dir>} limit $18;

-- :name page_undue_<way>_<dir>
-- :for way all unit
-- :for dir up down
-- The rest, behind it.
select {line m} from matter m
 where m.institution_id = $1 and {by_<way> m} and m.due is null and {behind_<dir> m.id $20} and $19 = $19 and {asked_for m}
 order by m.id {<dir>} limit $18;

-- :name page_number_<dir>
-- :for dir up down
-- $21 is the procedure, $19 the year and $20 the running number of the last one.
select {line m} from matter m
 where m.institution_id = $1 and {behind_<dir> (m.procedure,m.year,m.seq) ($21,$19,$20)} and {asked_for m}
 order by m.procedure {<dir>}, m.year {<dir>}, m.seq {<dir>} limit $18;

-- :name page_changed_<dir>
-- :for dir up down
-- The record itself is in this order: each matter stands at its newest event.
select {line m} from event e cross join matter m
 where e.institution_id = $1 and {behind_<dir> e.idx $19} and $20 = $20 and substr(e.object, 1, 1) = 'm'
   and m.institution_id = $1 and m.id = cast(substr(e.object, 2) as bigint) and m.last_index = e.idx and {asked_for m}
 order by e.idx {<dir>} limit $18;

-- :name page_sorted_<way>_<dir>
-- :for way unit parent programme words followed
-- :for dir up down
-- A narrow question in any order. $21 says which: due, changed, number or id; what has no due day comes last.
select {line m} from (
  select x.*, case $21 when 'due' then coalesce(x.due, {last_<dir>}) when 'changed' then x.last_index
                       when 'number' then x.year * 1000000000 + x.seq else x.id end as place
    from matter x where x.institution_id = $1 and {by_<way> x}) m
 where {from_<dir> m.place $19} and ({behind_<dir> m.place $19} or {behind_<dir> m.id $20}) and {asked_for m}
 order by m.place {<dir>}, m.id {<dir>} limit $18;

-- :fragment last_up()
9223372036854775807
-- :fragment last_down()
-9223372036854775807

-- :name page_count_<way>
-- :for way all unit procedure parent programme followed
-- No further than $18, so that it costs no more than a long page.
select count(*) from (select 1 from matter m
 where m.institution_id = $1 and {by_<way> m} and $19 = $19 and $20 = $20 and {asked_for m} limit $18);

-- :name parts_counted
-- All that is below $4, what of it is open, and what of that is red, in one walk.
select count(*), count(*) filter (where m.ended is null), count(*) filter (where m.ended is null and m.lamp = 'red')
  from ({parts_below $4}) f cross join matter m
 where m.institution_id = $1 and m.id = f.id and {may_see m $2 $3};

-- :name page_count_commander
select count(*) from (select 1 from matter m
 where m.institution_id = $1 and m.commander = $11 and m.ended is null and $19 = $19 and $20 = $20 and {asked_for m} limit $18);

-- :name page_count_due
select count(*) from (select 1 from matter m
 where m.institution_id = $1 and m.ended is null and m.due < $12 and $19 = $19 and $20 = $20 and {asked_for m} limit $18);

-- :name page_count_open
select count(*) from (select 1 from matter m
 where m.institution_id = $1 and m.ended is null and $19 = $19 and $20 = $20 and {asked_for m} limit $18);

-- :name page_count_words
-- The limit that is none keeps both halves of what is found in one: else all that is asked would be said twice.
select count(*) from (select 1 from ({found $15} limit -1) f cross join matter m
 where $19 = $19 and $20 = $20 and m.institution_id = $1 and m.id = f.rowid and {asked_beside_words m} limit $18);

-- :name number_key
select procedure, year, seq from matter where institution_id = $1 and id = $2;

-- ---- duties ----
-- $2 viewer $3 today $4 whose (person) $5 unit $6 post $7 due before $8 only breached $9 how many; $10 due, $11 matter, $12 duty of
-- the last one; $13 only open ones $14 asked by which post $15 procedure

-- :fragment duty_line(d, m)
:d.matter, :d.id, :d.kind, :d.name, :d.unit, :d.post, :d.due, :d.breached, :m.number, {title_told :m $2 $3}, :m.definition, :d.rule, :d.person,
:d.state, :d.closed

-- :fragment duty_asked_for(d, m)
($5 is null or :d.unit = $5) and ($6 is null or :d.post = $6 and :d.person is null)
and ($4 is null or {bears_alone d $4 $3}) and ($7 is null or :d.due < $7) and ($8 = 0 or :d.breached = 1)
and ($13 = 0 or :d.closed is null) and ($14 is null or :d.asker = $14) and ($15 = '' or :m.procedure = $15)
and :d.due >= $10 and (:d.due > $10 or :d.matter > $11 or :d.matter = $11 and :d.id > $12)
and ({may_see :m $2 $3} or :d.closed is null and {bears_alone :d $2 $3} and {at_door :m $2 $3})

-- :fragment duty_by_open(d)
:d.closed is null
-- :fragment duty_by_unit(d)
:d.unit = $5 and :d.closed is null
-- :fragment duty_by_post(d)
:d.post = $6 and :d.closed is null
-- :fragment duty_by_name(d)
:d.person = $4 and :d.closed is null
-- :fragment duty_by_breached(d)
:d.breached = 1
-- :fragment duty_by_asked(d)
:d.asker = $14 and :d.closed is null
-- :fragment duty_by_any(d)
1 = 1

-- :name duty_page_<way>
-- :for way open unit post name breached asked any
select {duty_line d m} from duty d cross join matter m
 where d.institution_id = $1 and {duty_by_<way> d} and m.institution_id = $1 and m.id = d.matter and {duty_asked_for d m}
 order by d.due, d.matter, d.id limit $9;

-- :name units_of_person
select unit from ({own_units $2 $3}) order by unit;

-- ---- inboxes, and what hangs on one matter ----

-- :name posts_of_person
select post from ({own_posts $2 $3}) order by post;

-- :name notice_page
-- At a door duties are named that the viewer bears, and no others.
select n.idx, n.matter, case when m.visibility <> 'compartment' or {may_see m $2 $3} or exists (
           select 1 from duty d where d.institution_id = $1 and d.matter = n.matter and d.id = n.duty and {bears_alone d $2 $3})
         then n.duty else 0 end,
       n.kind, e.time, m.number, {title_told m $2 $3}, n.post, m.visibility = 'compartment'
  from notice n cross join event e on e.institution_id = n.institution_id and e.idx = n.idx
  cross join matter m on m.institution_id = n.institution_id and m.id = n.matter
 where n.institution_id = $1 and n.post = $4 and n.idx <= $5 and ({may_see m $2 $3} or {at_door m $2 $3})
 order by n.idx desc, n.matter, n.duty, n.kind limit $6;

-- :name link_page
select l.relation, m.number, m.title, 1, m.id from link l join matter m on m.institution_id = l.institution_id and m.id = l.other
 where l.institution_id = $1 and l.matter = $4 and {whole_seen $4} and {may_see m $2 $3}
union all
select l.relation, m.number, m.title, 0, m.id from link l join matter m on m.institution_id = l.institution_id and m.id = l.matter
 where l.institution_id = $1 and l.other = $4 and {whole_seen $4} and {may_see m $2 $3};

-- :name evidence_page
select v.idx, v.hash, v.name, v.size from evidence v
 where v.institution_id = $1 and v.matter = $4 and {whole_seen $4} order by v.idx, v.name;

-- :name evidence_also
-- The same file shown for another matter that the viewer sees.
select m.number from evidence v join matter m on m.institution_id = v.institution_id and m.id = v.matter
 where v.institution_id = $1 and v.hash = $4 and v.matter <> $5 and {may_see m $2 $3} order by v.idx limit 1;

-- :name evidence_seen
-- Some matter that the viewer sees shows this file.
select m.id from evidence v join matter m on m.institution_id = v.institution_id and m.id = v.matter
 where v.institution_id = $1 and v.hash = $4 and {may_see m $2 $3} order by v.idx limit 1;

-- :name number_seen
-- By the index of numbers, as matter_find_number.
select m.id from matter m where m.institution_id = $1 and m.number = $4 and {may_see m $2 $3} order by +m.id desc limit 1;

-- :name counter_seen
-- What everybody may know and, for whoever may see all of the unit's or the commander's matters, what only they may.
select measure, sum(value) from counter
 where institution_id = $1 and id = $5 and exists ({posts_held $2 $3})
   and $4 in ('all', 'grasp', 'procedure', 'unit', 'commander') and (scope = $4 or scope = $4 || '_inner'
     and case $4 when 'unit' then cast($5 as bigint) in ({units_below $2 $3})
                 when 'commander' then cast($5 as bigint) in ({posts_held $2 $3}) end)
 group by measure order by measure;

-- :name counter_hours
-- Of each hour in a time, how many were opened and ended; for whoever holds a post.
select id, measure, value from counter
 where institution_id = $1 and scope = 'hour' and id >= $4 and id < $5 and exists ({posts_held $2 $3}) order by id, measure;

-- :name breach_count
-- Duties whose last day lies in a time and whose breach is recorded, of what everybody may see. $4 is the instant at which the
-- first of these days begins, $5 the one at which the last is over: a duty is due when its day is.
select count(*) from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.breached = 1 and d.due > $4 and d.due <= $5 and m.visibility = 'institution'
   and exists ({posts_held $2 $3});

-- :name counter_board
-- The same of everything in a scope at once, together by what it is of.
select c.id, c.measure, sum(c.value) from counter c
 where c.institution_id = $1 and exists ({posts_held $2 $3})
   and $4 in ('all', 'grasp', 'procedure', 'unit', 'commander') and (c.scope = $4 or c.scope = $4 || '_inner'
     and case $4 when 'unit' then cast(c.id as bigint) in ({units_below $2 $3})
                 when 'commander' then cast(c.id as bigint) in ({posts_held $2 $3}) end)
 group by c.id, c.measure order by c.id, c.measure;
