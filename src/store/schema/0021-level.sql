-- 0021: institutions above and below, and the files between them (packages).

-- projection
create table peer (
  institution_id bigint not null,
  id bigint not null,
  code text not null,
  zh text not null,
  en text not null,
  side text not null,              -- above, below
  key text not null,               -- verifier key
  closed bigint not null,
  primary key (institution_id, id)
) without rowid;

-- projection
create table package (
  institution_id bigint not null,
  id bigint not null,
  peer bigint not null,
  number bigint not null,          -- in sequence for the peer and the direction
  taken bigint not null,           -- 1: came from the peer; 0: went there
  hash text not null,              -- of the file
  size bigint not null,            -- events under the checkpoint in it …
  root text not null,              -- … and their root
  person bigint not null,          -- who made or took it
  idx bigint not null,             -- the event that says so
  primary key (institution_id, id)
) without rowid;
create unique index package_number on package (institution_id, peer, taken, number);

-- projection
create table package_item (
  institution_id bigint not null,
  package bigint not null,
  item bigint not null,            -- from 0
  kind text not null,              -- task, report
  matter bigint not null,          -- of ours
  event bigint,                    -- the newest act that a report of ours tells of; or what recorded what was taken
  far text not null,               -- the matter's number there
  body text not null,              -- JSON, as the package has it
  primary key (institution_id, package, item)
) without rowid;
create index package_item_matter on package_item (institution_id, matter);
