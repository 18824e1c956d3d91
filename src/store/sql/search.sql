-- What is found by its words. The expression is made by bigram_question: nothing that was typed is syntax in it.
--
-- The index follows behind the commits. What waits for it is left out of what the index says, and its text is read as it stands, so
-- that a search finds what was recorded a moment ago.

-- :fragment said_of(id)
coalesce((select group_concat(said.text, char(10) order by said.n) from search_said said
  where said.institution_id = $1 and said.id = :id), '')

-- :fragment is_indexed(id)
not exists (select 1 from search_wait late where late.institution_id = $1 and late.id = :id)

-- :fragment found(question)
-- The matters in which the words are (and, below zero, definitions).
select hit.rowid from search hit where hit.search match :question and {is_indexed hit.rowid}
 union all
select w.id from search_wait w cross join search_text t
 where w.institution_id = $1 and t.institution_id = $1 and t.id = w.id and has_words(:question, t.head, t.body, {said_of t.id})

-- :name search_text_put
-- Written only where it says something else than before.
insert into search_text (institution_id, id, head, body) values ($1, $2, $3, $4)
  on conflict (institution_id, id) do update set head = excluded.head, body = excluded.body
   where search_text.head <> excluded.head or search_text.body <> excluded.body;

-- :name search_say
insert into search_said (institution_id, id, n, text)
  select $1, $2, coalesce(max(n), 0) + 1, $3 from search_said where institution_id = $1 and id = $2;

-- :name search_wait_put
insert into search_wait (institution_id, id) values ($1, $2) on conflict do nothing;

-- :name search_wait_count
select count(*) from search_wait where institution_id = $1;

-- :name search_wait_first
-- How many of those that wait, at most $2, and the last of these.
select count(*), max(id) from (select id from search_wait where institution_id = $1 order by id limit $2);

-- :name search_index
-- All that waits up to this one. What waits comes first: the other way round every matter there is would be asked whether it waits.
insert or replace into search (rowid, head, body, said)
  select t.id, t.head, t.body, {said_of t.id} from search_wait w cross join search_text t
   where w.institution_id = $1 and w.id <= $2 and t.institution_id = $1 and t.id = w.id;

-- :name search_indexed
delete from search_wait where institution_id = $1 and id <= $2;

-- :name search_head
-- First what has all words in its number or title, the newest first. $4 says so of the head alone, $5 of everything.
select {line m}, s.head, s.body, {said_of s.id}, f.rowid as place
  from search f cross join matter m
  cross join search_text s
 where f.search match $4 and f.rowid < $6 and f.rowid > 0 and {is_indexed f.rowid}
   and m.institution_id = $1 and m.id = f.rowid and s.institution_id = $1 and s.id = f.rowid and {may_see m $2 $3}
 union all
select {line m}, s.head, s.body, {said_of s.id}, w.id as place
  from search_wait w cross join search_text s
  cross join matter m
 where w.institution_id = $1 and w.id < $6 and w.id > 0 and s.institution_id = $1 and s.id = w.id and has_words($5, s.head)
   and m.institution_id = $1 and m.id = w.id and {may_see m $2 $3}
 order by place desc limit $7;

-- :name search_rest
-- Then what has them anywhere.
select {line m}, s.head, s.body, {said_of s.id}, f.rowid as place
  from search f cross join matter m
  cross join search_text s
 where f.search match $5 and f.rowid < $6 and f.rowid > 0 and {is_indexed f.rowid}
   and f.rowid not in (select rowid from search where search match $4)
   and m.institution_id = $1 and m.id = f.rowid and s.institution_id = $1 and s.id = f.rowid and {may_see m $2 $3}
 union all
select {line m}, s.head, s.body, {said_of s.id}, w.id as place
  from search_wait w cross join search_text s
  cross join matter m
 where w.institution_id = $1 and w.id < $6 and w.id > 0 and s.institution_id = $1 and s.id = w.id
   and has_words($5, s.head, s.body, {said_of s.id}) and not has_words($5, s.head)
   and m.institution_id = $1 and m.id = w.id and {may_see m $2 $3}
 order by place desc limit $7;

-- :name search_definition
-- Definitions, the newest first; they are everybody's who holds a post.
select d.id, d.procedure, d.version, s.head, s.body
  from search f cross join definition d cross join search_text s
 where f.search match $4 and f.rowid < 0 and {is_indexed f.rowid} and d.institution_id = $1 and d.id = -f.rowid
   and s.institution_id = $1 and s.id = f.rowid and exists ({posts_held $2 $3}) and {is_newest d}
 union all
select d.id, d.procedure, d.version, s.head, s.body
  from search_wait w cross join search_text s cross join definition d
 where w.institution_id = $1 and w.id < 0 and s.institution_id = $1 and s.id = w.id and has_words($4, s.head, s.body)
   and d.institution_id = $1 and d.id = -w.id and exists ({posts_held $2 $3}) and {is_newest d}
 order by 1 desc limit $5;

-- :fragment is_newest(d)
not exists (select 1 from definition n where n.institution_id = $1 and n.procedure = :d.procedure and n.id > :d.id)
