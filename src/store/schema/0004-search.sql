-- 0004: what is found by its words, and what people keep of their own.

-- projection: the text of a matter, or, under its id below zero, of a definition
create table search_text (
  institution_id bigint not null,
  id bigint not null,
  head text not null,              -- number and title; of a definition its name and titles
  body text not null,              -- its other text fields; the definition itself
  said text not null,              -- notes, urgings, instructions, answers, and what acts say
  waits bigint not null,           -- 1: changed in the open transaction, not yet in the index
  primary key (institution_id, id)
) without rowid;
create index search_waits on search_text (institution_id, id) where waits = 1;

-- The index over it, by the words of store/bigram.h. It holds no text of its own, is written before each commit, and can always be
-- made anew from the table.
create virtual table search using fts5(head, body, said, content='', contentless_delete=1, tokenize='bigram');

-- No projection: lists that somebody keeps under a name. Like sessions, no event says them.
create table saved_view (
  institution_id bigint not null,
  account bigint not null,
  name text not null,
  query text not null,             -- JSON, as the screen that shows it wants it
  changed bigint not null,
  primary key (institution_id, account, name)
) without rowid;
