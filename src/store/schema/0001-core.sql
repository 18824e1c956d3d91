-- 0001: the ledger, the institution, and what follows from the events.
--
-- institution_id stands first in every key, so that one institution is one shard. Tables marked "projection" hold nothing
-- that the events don't say: `bihuan replay` rebuilds them elsewhere and compares them row by row.

create table institution (
  institution_id bigint primary key,
  name text not null,
  title_zh text not null,
  title_en text not null,
  origin text not null,            -- of the ledger: host/institution
  offset_minutes bigint not null   -- from UTC
);

-- The ledger itself. The stored bytes are the truth: they are hashed and exported exactly as they are.
create table event (
  institution_id bigint not null,
  idx bigint not null,
  time bigint not null,            -- µs since 1970, as in the envelope
  kind text not null,
  object text not null,
  envelope blob not null,
  primary key (institution_id, idx)
) without rowid;
create index event_object on event (institution_id, object, idx);

-- What a commitment in the envelope binds; payload and salt can be erased, the envelope never.
create table payload (
  institution_id bigint not null,
  idx bigint not null,
  slot text not null,
  class text not null,
  salt blob not null,
  body blob not null,
  primary key (institution_id, idx, slot)
) without rowid;

-- The complete subtrees above the leaves; a leaf's hash is its envelope's.
create table ledger_node (
  institution_id bigint not null,
  level bigint not null,
  i bigint not null,
  hash blob not null,
  primary key (institution_id, level, i)
) without rowid;

create table checkpoint (
  institution_id bigint not null,
  size bigint not null,
  note text not null,
  primary key (institution_id, size)
) without rowid;

-- projection: what is in force
create table definition (
  institution_id bigint not null,
  id bigint not null,
  procedure text not null,
  version bigint not null,
  file text not null,
  body text not null,
  idx bigint not null,             -- the event that adopted it
  primary key (institution_id, id)
);

-- projection
create table calendar (
  institution_id bigint not null,
  version text not null,
  days text not null,              -- JSON list of {day, works}
  idx bigint not null,
  primary key (institution_id, version)
) without rowid;

-- projection
create table unit (
  institution_id bigint not null,
  id bigint not null,
  code text not null,
  name text not null,
  name_en text not null,
  kind text not null,
  parent bigint,
  leader bigint,
  primary key (institution_id, id)
) without rowid;

-- projection
create table post (
  institution_id bigint not null,
  id bigint not null,
  code text not null,
  unit bigint not null,
  title text not null,
  title_en text not null,
  kind text not null,
  rank text not null,
  primary key (institution_id, id)
) without rowid;
create index post_unit on post (institution_id, unit);

-- projection
create table person (
  institution_id bigint not null,
  id bigint not null,
  code text not null,
  name text not null,
  pseudonym text not null,
  gender text not null,
  born text,
  primary key (institution_id, id)
) without rowid;

-- projection
create table tenure (
  institution_id bigint not null,
  id bigint not null,
  post bigint not null,
  person bigint not null,
  from_day text not null,
  until_day text,                  -- the first day it no longer holds
  kind text not null,
  move text not null,              -- how it began: appointment, promotion, transfer …
  primary key (institution_id, id)
) without rowid;
create index tenure_post on tenure (institution_id, post);

-- projection
create table function (
  institution_id bigint not null,
  name text not null,
  unit bigint,
  post bigint,
  primary key (institution_id, name)
) without rowid;

-- projection
create table delegation (
  institution_id bigint not null,
  id bigint not null,
  from_person bigint not null,
  to_person bigint not null,
  since_day text not null,
  until_day text not null,
  primary key (institution_id, id)
) without rowid;

-- projection: one running instance of a procedure
create table matter (
  institution_id bigint not null,
  id bigint not null,
  definition bigint not null,
  procedure text not null,
  grasp text not null,
  number text not null,
  year bigint not null,
  seq bigint not null,
  title text not null,             -- the field `title`, or the first text field
  state text not null,
  fields text not null,            -- canonical JSON
  unit bigint,                     -- the first field of type unit: the lead unit
  commander bigint,                -- the first field of type post
  parent bigint,
  weight bigint not null,
  progress bigint,                 -- its own, percent
  rolled bigint,                   -- of its parts by weight, else its own
  opened bigint not null,
  changed_at bigint not null,
  ended bigint,
  outcome text,                    -- success, failure, void; null while it runs
  due bigint,                      -- the earliest due instant of its open duties
  suspended_until bigint,
  lamp text not null,
  lamp_until bigint,               -- when the lamp may change by time alone
  overdue bigint not null,         -- 1: it is open, and something owed in it is past its due day
  version bigint not null,
  last_index bigint not null,
  taken_up bigint not null,
  late bigint not null,
  extended bigint not null,
  next_duty bigint not null,
  next_request bigint not null,
  next_instruction bigint not null,
  primary key (institution_id, id)
);
create unique index matter_number on matter (institution_id, procedure, year, seq);
create index matter_by_number on matter (institution_id, number);
create index matter_unit on matter (institution_id, unit, due, id) where ended is null;
create index matter_commander on matter (institution_id, commander, due, id) where ended is null;
create index matter_open on matter (institution_id, due, id) where ended is null;
create index matter_parent on matter (institution_id, parent) where parent is not null;
create index matter_lamp_until on matter (institution_id, lamp_until) where lamp_until is not null;
create index matter_suspended on matter (institution_id, suspended_until) where suspended_until is not null;

-- projection: who must act, by when
create table duty (
  institution_id bigint not null,
  matter bigint not null,
  id bigint not null,
  kind text not null,              -- rule, decide, answer
  name text not null,              -- of the rule or the request; 'answer'
  rule bigint not null,            -- its place in the definition, -1 for an answer
  about bigint not null,
  asker bigint,
  unit bigint,
  post bigint,
  person bigint,
  state text not null,
  armed bigint not null,
  due bigint not null,
  warn bigint,
  remaining_days bigint not null,
  provisional bigint not null,
  extended bigint not null,
  warned bigint not null,
  breached bigint not null,
  closed bigint,
  primary key (institution_id, matter, id)
) without rowid;
create index duty_to_breach on duty (institution_id, due) where state = 'open' and breached = 0;
create index duty_to_warn on duty (institution_id, warn) where state = 'open' and warned = 0 and breached = 0 and warn is not null;
create index duty_post on duty (institution_id, post, due) where closed is null;
create index duty_person on duty (institution_id, person, due) where closed is null and person is not null;
create index duty_unit on duty (institution_id, unit, due) where closed is null;

-- projection
create table request (
  institution_id bigint not null,
  matter bigint not null,
  id bigint not null,
  name text not null,
  rule bigint not null,
  person bigint not null,
  on_behalf bigint,
  post bigint,
  asked bigint not null,
  fields text not null,
  state text not null,
  primary key (institution_id, matter, id)
) without rowid;

-- projection: who has done what in a matter
create table deed (
  institution_id bigint not null,
  matter bigint not null,
  action text not null,
  person bigint not null,
  last bigint not null,
  times bigint not null,
  primary key (institution_id, matter, action, person)
) without rowid;

-- projection: what a post was told
create table notice (
  institution_id bigint not null,
  post bigint not null,
  idx bigint not null,             -- the event that says it
  matter bigint not null,
  duty bigint not null,
  kind text not null,
  primary key (institution_id, post, idx, matter, duty, kind)
) without rowid;

-- projection
create table evidence (
  institution_id bigint not null,
  matter bigint not null,
  idx bigint not null,
  hash text not null,
  name text not null,
  size bigint not null,
  primary key (institution_id, matter, idx, hash, name)
) without rowid;
create index evidence_hash on evidence (institution_id, hash);

-- projection
create table link (
  institution_id bigint not null,
  matter bigint not null,
  idx bigint not null,
  relation text not null,
  other bigint not null,
  primary key (institution_id, matter, idx, relation, other)
) without rowid;
create index link_other on link (institution_id, other);

-- projection
create table follower (
  institution_id bigint not null,
  matter bigint not null,
  person bigint not null,
  primary key (institution_id, matter, person)
) without rowid;

-- projection: the last number given, so that numbers have no gaps
create table sequence (
  institution_id bigint not null,
  procedure text not null,
  year bigint not null,
  last bigint not null,
  primary key (institution_id, procedure, year)
) without rowid;

-- projection: figures for boards, kept as matters change
create table counter (
  institution_id bigint not null,
  scope text not null,             -- all, unit, commander, grasp, procedure
  id text not null,
  measure text not null,           -- open, overdue (of the open ones), closed, late, void, and one per lamp of open matters
  value bigint not null,
  primary key (institution_id, scope, id, measure)
) without rowid;

-- What was asked under which key, so that the same request is done once. Kept, not rebuilt: the digest of the request is
-- nowhere else.
create table command_key (
  institution_id bigint not null,
  person bigint not null,
  key text not null,
  digest blob not null,
  matter bigint not null,
  version bigint not null,
  id bigint not null,
  first bigint not null,
  count bigint not null,
  primary key (institution_id, person, key)
) without rowid;
create index command_key_import on command_key (institution_id, key, matter) where key >= 'import:' and key < 'import;';
