-- Meetings, what they decided, and what was done against their rules. $2 is the viewer and $3 today in what is read for somebody;
-- a meeting is a matter, so who may see it is {may_see} and nothing else.

-- :name meeting_put
insert into meeting (institution_id, matter, held_on, body, kind, whole) values ($1, $2, $3, $4, $5, $6)
on conflict (institution_id, matter) do update set held_on = excluded.held_on, body = excluded.body, kind = excluded.kind,
  whole = excluded.whole;

-- :name irregularity_put
insert into irregularity (institution_id, matter, idx, rule, action, unit, post, person, answer, time)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing;

-- :fragment given_out(m)
-- The tasks that came of a meeting: its own parts, and those of its items.
from matter t where t.institution_id = $1 and t.procedure <> :m.procedure and {may_see t $2 $3}
 and t.parent in (select :m.id union all select x.matter from meeting x where x.institution_id = $1 and x.whole = :m.id)

-- :fragment meeting_line(m, g)
{line :m}, :g.held_on, :g.body, :g.kind, case when {whole_seen :g.whole} then :g.whole end, :m.fields,
(select count(*) from meeting x join matter y on y.institution_id = $1 and y.id = x.matter
  where x.institution_id = $1 and x.whole = :m.id and {may_see y $2 $3}),
(select count(*) {given_out :m}),
(select count(*) {given_out :m} and t.outcome = 'success'),
(select count(*) {given_out :m} and t.overdue = 1),
(select count(*) from irregularity i join matter y on y.institution_id = $1 and y.id = i.matter and {may_see y $2 $3}
  where i.institution_id = $1
    and i.matter in (select :m.id union all select x.matter from meeting x where x.institution_id = $1 and x.whole = :m.id))

-- :name meeting_page
-- $4 body $5 kind $6 state $7 first day $8 the day behind the last $9 procedure $10 how many; $11 the day and $12 the matter of the
-- last one. The latest first. An item stands with its meeting; by itself where that isn't seen, or where its kind is asked for.
select {meeting_line m g} from meeting g cross join matter m
 where g.institution_id = $1 and g.held_on >= $7 and g.held_on < $8
   and g.held_on <= $11 and (g.held_on < $11 or g.matter < $12)
   and m.institution_id = $1 and m.id = g.matter
   and ($4 is null or g.body = $4) and ($5 is null or g.kind = $5) and ($6 is null or m.state = $6)
   and ($9 is null or m.procedure = $9)
   and ($5 is not null or $9 is not null or g.whole is null or not {whole_seen g.whole})
   and {may_see m $2 $3}
 order by g.held_on desc, g.matter desc limit $10;

-- :name meeting_items
-- The meeting $4 itself, and its items behind it in the order in which they were registered.
select {meeting_line m g} from meeting g cross join matter m
 where g.institution_id = $1 and (g.matter = $4 or g.whole = $4) and m.institution_id = $1 and m.id = g.matter
   and {whole_seen $4} and {may_see m $2 $3}
 order by m.id <> $4, m.id;

-- :fragment irregular(i, m)
:i.matter, :m.definition, :m.number, :m.title, :i.idx, :i.rule, :i.action, :i.unit, :i.post, :i.person, :i.time,
a.id, a.state, a.post, a.breached

-- :name irregularity_list
-- Done in this time, by whose it is; to be told to $2.
select {irregular i m} from irregularity i join matter m on m.institution_id = $1 and m.id = i.matter
  left join duty a on a.institution_id = $1 and a.matter = i.matter and a.id = i.answer
  left join post p on p.institution_id = $1 and p.id = i.post
 where i.institution_id = $1 and i.time >= $4 and i.time < $5 and {told_of m}
 order by coalesce(i.unit, p.unit), i.post, i.time, i.matter, i.rule;

-- :name irregularity_of
-- Of a meeting, or of any matter, and of its items.
select {irregular i m} from irregularity i join matter m on m.institution_id = $1 and m.id = i.matter
  left join duty a on a.institution_id = $1 and a.matter = i.matter and a.id = i.answer
 where i.institution_id = $1
   and i.matter in (select $4 union all select x.matter from meeting x where x.institution_id = $1 and x.whole = $4)
   and {whole_seen $4} and {may_see m $2 $3}
 order by i.time, i.matter, i.rule;

-- :name decision_list
-- What was held in this time, for the report; to be told to $2.
select {line m}, g.held_on, g.body, g.kind, g.whole, m.fields,
       (select count(*) from meeting x where x.institution_id = $1 and x.whole = m.id),
       (select count(*) from matter t where t.institution_id = $1 and t.parent = m.id and {told_of t}),
       (select count(*) from matter t where t.institution_id = $1 and t.parent = m.id and {told_of t} and t.outcome = 'success'),
       (select count(*) from matter t where t.institution_id = $1 and t.parent = m.id and {told_of t} and t.overdue = 1),
       (select count(*) from irregularity i where i.institution_id = $1 and i.matter = m.id)
  from meeting g join matter m on m.institution_id = $1 and m.id = g.matter
 where g.institution_id = $1 and g.held_on >= $4 and g.held_on < $5 and {told_of m}
 order by g.held_on, coalesce(g.whole, m.id), m.id;
