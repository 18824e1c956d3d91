-- 0014: what is a meeting or an item of one, by its day; and what was done against the rules of its procedure. Definitions without
-- the key `meeting` and checks without a breach have neither, so there is nothing to fill in from before.

-- projection: what has a day on which it is held or decided
create table meeting (
  institution_id bigint not null,
  matter bigint not null,
  held_on bigint not null,          -- day number
  body bigint,                      -- the unit that meets
  kind text,
  whole bigint,                     -- the meeting of which it is an item
  primary key (institution_id, matter)
) without rowid;
create index meeting_day on meeting (institution_id, held_on, matter);
create index meeting_whole on meeting (institution_id, whole, matter) where whole is not null;

-- projection: an act that was done against a check of its procedure
create table irregularity (
  institution_id bigint not null,
  matter bigint not null,
  idx bigint not null,              -- the event that did it
  rule bigint not null,             -- which check of the action
  action text not null,
  unit bigint,                      -- of whom it is the breach …
  post bigint,
  person bigint,                    -- … and who held the post that day
  answer bigint,                    -- the duty to say what follows
  time bigint not null,
  primary key (institution_id, matter, idx, rule)
) without rowid;
create index irregularity_time on irregularity (institution_id, time);
