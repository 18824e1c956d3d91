-- 0006: what was said is rows of its own, and the index follows behind the commits. Both are filled anew from the record by the
-- program, which knows the definitions.
drop table search;
drop table search_text;

-- projection: the text of a matter, or, under its id below zero, of a definition
create table search_text (
  institution_id bigint not null,
  id bigint not null,
  head text not null,              -- number and title; of a definition its name and titles
  body text not null,              -- its other text fields; the definition itself
  primary key (institution_id, id)
) without rowid;

-- projection: notes, urgings, instructions, answers, and what acts say
create table search_said (
  institution_id bigint not null,
  id bigint not null,
  n bigint not null,               -- 1, 2 … within the matter
  text text not null,
  primary key (institution_id, id, n)
) without rowid;

-- No projection: whose text has changed since it was indexed. A search reads these as they stand.
create table search_wait (
  institution_id bigint not null,
  id bigint not null,
  primary key (institution_id, id)
) without rowid;

-- The index over both, by the words of store/bigram.h. It holds no text of its own and can always be made anew from them.
create virtual table search using fts5(head, body, said, content='', contentless_delete=1, tokenize='bigram');
