-- 0012: what is reported without a name (docs/anonymous-reports.md).

-- projection: which matter a code opens, by its hash
create table letter (
  institution_id bigint not null,
  code text not null,              -- hex
  matter bigint not null,
  primary key (institution_id, code)
) without rowid;

-- From here on nothing can be rebuilt: what came today is no event yet, since events tell their instant. Neither row nor key
-- says when within the day, nor in which order; the clock makes events of them once the day is over.
create table letter_waiting (
  institution_id bigint not null,
  code text not null,
  part bigint not null,            -- 0: the report; from 1: what its maker added
  came text not null,              -- the day
  body text not null,              -- JSON
  primary key (institution_id, code, part)
) without rowid;
