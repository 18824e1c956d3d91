-- 0017: formulas of performance that were adopted.

-- projection
create table formula (
  institution_id bigint not null,
  id bigint not null,              -- its version: 1, 2, 3 …
  name text not null,
  from_day text not null,          -- in force from this day on, until another is
  file text not null,
  body text not null,
  idx bigint not null,             -- the event that adopted it
  primary key (institution_id, id)
) without rowid;
