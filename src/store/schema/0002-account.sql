-- 0002: who may sign in. The first part follows from the events, as everything in 0001; the second doesn't.

-- projection: an account does the business of one person or is one administrator's, never both
create table account (
  institution_id bigint not null,
  id bigint not null,
  code text not null,              -- sign-in name
  pseudonym text not null,
  person bigint,
  keeper bigint,                   -- of an account without a person: who has it in hand
  admin text not null,             -- '', system, security, audit
  state text not null,             -- waiting, active, disabled
  primary key (institution_id, id),
  check (person is null or (admin = '' and keeper is null))
);
create unique index account_code on account (institution_id, code);
create unique index account_person on account (institution_id, person) where person is not null;
create unique index account_keeper on account (institution_id, keeper) where keeper is not null and state <> 'disabled';

-- projection: rules that an administrator chooses
create table policy (
  institution_id bigint not null,
  name text not null,              -- password, demo
  value text not null,             -- asvs, djbh3; yes
  primary key (institution_id, name)
) without rowid;

-- projection: who is let into the compartment that a matter is
create table compartment_member (
  institution_id bigint not null,
  id bigint not null,
  matter bigint not null,
  person bigint not null,
  owner bigint not null,
  reason text not null,
  from_day text not null,
  until_day text not null,         -- the first day it no longer holds
  granted_by bigint not null,      -- account
  primary key (institution_id, id),
  check (until_day >= from_day)
);
create index compartment_member_matter on compartment_member (institution_id, matter);

-- projection: relatives, only so that neither handles what concerns the other
create table kin (
  institution_id bigint not null,
  id bigint not null,
  person bigint not null,
  other bigint not null,
  kind text not null,
  until_day text,
  primary key (institution_id, id)
) without rowid;

-- projection: who looked at what, as events of several looks say it
create table look (
  institution_id bigint not null,
  idx bigint not null,             -- the event that says it
  object text not null,            -- m12 …
  account bigint not null,
  first bigint not null,
  last bigint not null,
  times bigint not null,
  primary key (institution_id, idx, object, account)
) without rowid;
create index look_object on look (institution_id, object, idx);

-- From here on nothing can be rebuilt: secrets are no events. They are kept as hashes, or sealed under a key that comes
-- from the folder's signing key, and are in backups as they are. Lost, they are given anew: bihuan account reset.

-- what an account proves itself with; Argon2id
create table credential (
  institution_id bigint not null,
  account bigint not null,
  hash text not null,
  set_at bigint not null,
  one_time bigint not null,        -- 1: given by administrators, to be changed at the first sign-in
  ends bigint,                     -- of a one-time password
  second_half blob,                -- sealed, until the security administrator releases the account
  primary key (institution_id, account)
) without rowid;

create table credential_past (
  institution_id bigint not null,
  account bigint not null,
  set_at bigint not null,
  hash text not null,
  primary key (institution_id, account, set_at, hash)
) without rowid;

create table totp (
  institution_id bigint not null,
  account bigint not null,
  secret blob not null,            -- sealed
  confirmed_at bigint,             -- null: shown, but no code came back yet
  last_step bigint not null,       -- no code of this step or an older one is taken any more
  primary key (institution_id, account)
) without rowid;

create table recovery_code (
  institution_id bigint not null,
  account bigint not null,
  hash blob not null,
  used_at bigint,
  primary key (institution_id, account, hash)
) without rowid;

-- failures that still count, and until when nobody is let in
create table sign_in_lock (
  institution_id bigint not null,
  account bigint not null,
  failures text not null,          -- instants in µs, oldest first, a blank between
  until bigint,
  primary key (institution_id, account)
) without rowid;

create table session (
  institution_id bigint not null,
  hash blob not null,              -- SHA-256 of the id, which only the cookie holds
  account bigint not null,
  made bigint not null,
  seen bigint not null,
  proved bigint not null,          -- when it was last shown who sits there
  needs bigint not null,           -- 1 a new password, 2 a second factor, before anything else
  address text not null,
  agent text not null,
  primary key (institution_id, hash)
) without rowid;
create index session_account on session (institution_id, account);

create table api_token (
  institution_id bigint not null,
  id bigint not null,
  account bigint not null,
  hash blob not null,
  name text not null,
  scopes bigint not null,
  made bigint not null,
  ends bigint not null,
  used bigint,
  primary key (institution_id, id)
) without rowid;
create unique index api_token_hash on api_token (institution_id, hash);

-- who tried to sign in, for the audit administrator; kept 200 days (网络安全法 第二十一条: six months at least)
create table sign_in (
  institution_id bigint not null,
  id bigint not null,
  time bigint not null,
  account bigint,                  -- null: no such account; what was typed is not kept, it may be a password
  reason text not null,            -- passed, password, locked …
  address text not null,
  primary key (institution_id, id)
) without rowid;
create index sign_in_time on sign_in (institution_id, time);
create index sign_in_account on sign_in (institution_id, account, time);
