-- Following: who follows which matter, and what they hear of it. Whether they do is asked when they look: of what they may not
-- see (any more) they hear nothing, and nobody hears of their own act.

-- :name following_put
insert into following (institution_id, matter, person, since, until) values ($1, $2, $3, $4, $5)
on conflict (institution_id, matter, person, since) do update set until = excluded.until;

-- :name following_of_matter
select person, since from following where institution_id = $1 and matter = $2 and until is null order by since;

-- :fragment followed_by(person)
select f.matter from following f where f.institution_id = $1 and f.person = :person and f.until is null

-- :name news_put
insert into news (institution_id, matter, idx, kind, duty, person, on_behalf, in_name_of) values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing;

-- :name news_put_to_cause
-- Where it arose from another matter.
insert into news (institution_id, matter, idx, kind, duty, person, on_behalf, in_name_of)
select $1, $2, $3, $4, $5, $6, $7, $8
 where exists (select 1 from link l where l.institution_id = $1 and l.matter = $2 and l.relation = 'cause')
on conflict do nothing;

-- :fragment in_its_time(n, f)
:n.idx > :f.since and (:f.until is null or :n.idx < :f.until)

-- :fragment is_news_to(n)
-- What a post of theirs was told of the same event is said there. $2 is the person, $3 today, $4 the newest event asked for.
:n.idx <= $4 and coalesce(:n.person, 0) <> $2 and coalesce(:n.on_behalf, 0) <> $2 and coalesce(:n.in_name_of, 0) <> $2
and not exists (select 1 from notice o where o.institution_id = $1 and o.post in ({own_posts $2 $3})
                 and o.idx = :n.idx and o.matter = :n.matter)

-- :name news_page
-- What one follows, and how what arose from it began and ended. Each matter is asked for before its lines.
select n.idx, n.matter, n.duty, n.kind, e.time, m.number, m.title, 0, m.visibility = 'compartment'
  from following f cross join matter m on m.institution_id = f.institution_id and m.id = f.matter
  cross join news n on n.institution_id = f.institution_id and n.matter = m.id
  cross join event e on e.institution_id = n.institution_id and e.idx = n.idx
 where f.institution_id = $1 and f.person = $2 and {may_see m $2 $3} and n.kind <> 'begun' and {in_its_time n f} and {is_news_to n}
union
select n.idx, n.matter, n.duty, n.kind, e.time, m.number, m.title, 0, m.visibility = 'compartment'
  from following f cross join matter w on w.institution_id = f.institution_id and w.id = f.matter
  cross join link l on l.institution_id = f.institution_id and l.other = w.id and l.relation = 'cause'
  cross join matter m on m.institution_id = f.institution_id and m.id = l.matter
  cross join news n on n.institution_id = f.institution_id and n.matter = m.id and n.kind in ('begun', 'ended')
  cross join event e on e.institution_id = n.institution_id and e.idx = n.idx
 where f.institution_id = $1 and f.person = $2 and {may_see w $2 $3} and {may_see m $2 $3} and {in_its_time n f} and {is_news_to n}
 order by 1 desc, 2, 4 limit $5;

-- :name matter_heard
-- What was followed before that was asked about, and what arose from another matter.
select id, definition, number, title, fields from matter where institution_id = $1 and id in (
  select cast(substr(object, 2) as bigint) from event where institution_id = $1 and kind = 'matter.follow'
  union select matter from link where institution_id = $1 and relation = 'cause') order by id;
