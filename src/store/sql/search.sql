-- What is found by its words. The expression is made by bigram_question: nothing that was typed is syntax in it.

-- :name search_text_put
-- Written only where it says something else than before.
insert into search_text (institution_id, id, head, body, said, waits) values ($1, $2, $3, $4, '', 1)
  on conflict (institution_id, id) do update set head = excluded.head, body = excluded.body, waits = 1
   where search_text.head <> excluded.head or search_text.body <> excluded.body;

-- :name search_say
update search_text set said = said || $3 || char(10), waits = 1 where institution_id = $1 and id = $2;

-- :name search_index
insert or replace into search (rowid, head, body, said)
  select id, head, body, said from search_text where institution_id = $1 and waits = 1;

-- :name search_indexed
update search_text set waits = 0 where institution_id = $1 and waits = 1;

-- :name search_head
-- First what has all words in its number or title, the newest first. $4 says so of the head alone, $5 of everything.
select {line m}, s.head, s.body, s.said
  from search f cross join matter m
  cross join search_text s
 where f.search match $4 and f.rowid < $6 and f.rowid > 0 and $5 = $5
   and m.institution_id = $1 and m.id = f.rowid and s.institution_id = $1 and s.id = f.rowid and {may_see m $2 $3}
 order by f.rowid desc limit $7;

-- :name search_rest
-- Then what has them anywhere.
select {line m}, s.head, s.body, s.said
  from search f cross join matter m
  cross join search_text s
 where f.search match $5 and f.rowid < $6 and f.rowid > 0 and f.rowid not in (select rowid from search where search match $4)
   and m.institution_id = $1 and m.id = f.rowid and s.institution_id = $1 and s.id = f.rowid and {may_see m $2 $3}
 order by f.rowid desc limit $7;

-- :name search_definition
-- Definitions, the newest first; they are everybody's who holds a post.
select d.id, d.procedure, d.version, s.head, s.body
  from search f cross join definition d cross join search_text s
 where f.search match $4 and f.rowid < 0 and d.institution_id = $1 and d.id = -f.rowid
   and s.institution_id = $1 and s.id = f.rowid and exists ({posts_held $2 $3})
   and not exists (select 1 from definition n where n.institution_id = $1 and n.procedure = d.procedure and n.id > d.id)
 order by f.rowid limit $5;
