-- Schema 15: what is told outside the house. No projections: like sessions, no event says any of it.

-- How an account wants to be told of what its inbox holds.
create table telling (
  institution_id bigint not null,
  account bigint not null,
  pace text not null,              -- none, at_once, daily
  way text not null,               -- mail, or the name of a hook
  address text not null,           -- of mail, proved by a code; '' for none
  lang text not null,
  daily_at bigint not null,        -- minutes of the day, all three
  quiet_from bigint not null,
  quiet_until bigint not null,
  working_days bigint not null,
  told bigint not null,            -- every event below this index has been thought of
  wanted text not null,            -- an address that waits for its code; '' for none
  asked bigint,
  tries bigint not null,
  primary key (institution_id, account)
) without rowid;

-- What is to be sent, and what came of it. Not what it says: that is read from the inbox when it goes.
create table message (
  institution_id bigint not null,
  id bigint not null,
  account bigint not null,
  what text not null,              -- notices, code
  way text not null,
  from_idx bigint not null,        -- notices of the events in [from_idx, until_idx)
  until_idx bigint not null,
  made bigint not null,
  next bigint,                     -- when it may go; null once nothing more is tried
  tries bigint not null,
  state text not null,             -- waiting, going, sent, failed, unclear, void
  why text not null,               -- what the other side, or the line, last said
  why_zh text not null,
  done bigint,
  primary key (institution_id, id)
) without rowid;
create index message_next on message (institution_id, next) where next is not null;
create index message_account on message (institution_id, account, state);
create index message_state on message (institution_id, state, id);
