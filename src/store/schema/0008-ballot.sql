-- 0008: secret votes that anybody can count again (grasp/ballot.h).

-- projection: what is asked of whom, by which rules, and what came out
create table ballot (
  institution_id bigint not null,
  id bigint not null,
  spec text not null,              -- JSON
  root text not null,              -- hex: over the list of codes
  state text not null,             -- open, closed, void
  opened bigint not null,
  closed bigint,
  codes bigint not null,           -- how many there are
  paper text not null,             -- JSON: the paper count of the last who entered one; ''
  paper_by bigint,                 -- who first entered it …
  paper_second bigint,             -- … and who agreed
  result text not null,            -- JSON; '' while it is open
  primary key (institution_id, id)
);

-- projection: the codes there are, as hashes
create table ballot_code (
  institution_id bigint not null,
  hash text not null,              -- hex
  ballot bigint not null,
  grp bigint not null,             -- place of its group in the spec
  primary key (institution_id, hash)
) without rowid;
create index ballot_code_ballot on ballot_code (institution_id, ballot, hash);

-- projection: hashes of lines, recorded while the vote is on
create table ballot_seal (
  institution_id bigint not null,
  ballot bigint not null,
  seal text not null,              -- hex
  primary key (institution_id, ballot, seal)
) without rowid;

-- projection: the lines of a closed ballot; of one with too few there are none
create table ballot_line (
  institution_id bigint not null,
  ballot bigint not null,
  hash text not null,
  marks text not null,
  salt text not null,
  primary key (institution_id, ballot, hash)
) without rowid;

-- From here on nothing can be rebuilt: what was cast before the ballot is closed is no event yet, lest events tell in which
-- order it came. Neither row nor key says when; the closing moves the rows into ballot_line, all at once.
create table ballot_cast (
  institution_id bigint not null,
  ballot bigint not null,
  hash text not null,
  marks text not null,
  salt text not null,
  sealed bigint not null,          -- 1: its seal is recorded
  primary key (institution_id, ballot, hash)
) without rowid;
