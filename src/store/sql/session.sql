-- Secrets and sessions: no events, committed on a connection of their own.

-- :name credential_put
insert into credential (institution_id, account, hash, set_at, one_time, ends, second_half) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (institution_id, account) do update set hash = excluded.hash, set_at = excluded.set_at,
    one_time = excluded.one_time, ends = excluded.ends, second_half = excluded.second_half;

-- :name credential_get
select hash, set_at, one_time, ends, second_half from credential where institution_id = $1 and account = $2;

-- :name credential_release
update credential set second_half = null, ends = $3 where institution_id = $1 and account = $2;

-- :name credential_rehash
update credential set hash = $4 where institution_id = $1 and account = $2 and hash = $3;

-- :name credential_past_put
insert or replace into credential_past (institution_id, account, set_at, hash) values ($1, $2, $3, $4);

-- :name credential_past_all
select hash from credential_past where institution_id = $1 and account = $2 order by set_at desc;

-- :name credential_past_trim
delete from credential_past where institution_id = $1 and account = $2 and (set_at, hash) not in
  (select set_at, hash from credential_past where institution_id = $1 and account = $2 order by set_at desc limit $3);

-- :name totp_put
insert into totp (institution_id, account, secret, confirmed_at, last_step) values ($1, $2, $3, $4, $5)
  on conflict (institution_id, account) do update set secret = excluded.secret, confirmed_at = excluded.confirmed_at,
    last_step = excluded.last_step;

-- :name totp_get
select secret, confirmed_at, last_step from totp where institution_id = $1 and account = $2;

-- :name totp_step
update totp set last_step = $3, confirmed_at = coalesce(confirmed_at, $4) where institution_id = $1 and account = $2;

-- :name totp_drop
delete from totp where institution_id = $1 and account = $2;

-- :name recovery_code_put
insert into recovery_code (institution_id, account, hash, used_at) values ($1, $2, $3, null);

-- :name recovery_code_unused
select count(*) from recovery_code where institution_id = $1 and account = $2 and hash = $3 and used_at is null;

-- :name recovery_code_use
update recovery_code set used_at = $4 where institution_id = $1 and account = $2 and hash = $3 and used_at is null;

-- :name recovery_code_left
select count(*) from recovery_code where institution_id = $1 and account = $2 and used_at is null;

-- :name recovery_code_drop
delete from recovery_code where institution_id = $1 and account = $2;

-- :name sign_in_lock_put
insert into sign_in_lock (institution_id, account, failures, until) values ($1, $2, $3, $4)
  on conflict (institution_id, account) do update set failures = excluded.failures, until = excluded.until;

-- :name sign_in_lock_get
select failures, until from sign_in_lock where institution_id = $1 and account = $2;

-- :name sign_in_lock_drop
delete from sign_in_lock where institution_id = $1 and account = $2;

-- :name session_put
insert into session (institution_id, hash, account, made, seen, proved, needs, address, agent)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name session_get
select hash, account, made, seen, proved, needs, address, agent from session where institution_id = $1 and hash = $2;

-- :name session_of_account
select hash, account, made, seen, proved, needs, address, agent from session where institution_id = $1 and account = $2
 order by made desc;

-- :name session_see
update session set seen = $3 where institution_id = $1 and hash = $2 and seen < $3;

-- :name session_drop
delete from session where institution_id = $1 and hash = $2 and account = $3;

-- :name session_drop_of_account
delete from session where institution_id = $1 and account = $2 and hash <> $3;

-- :name session_drop_old
delete from session where institution_id = $1 and (made < $2 or seen < $3);

-- :name api_token_next
select coalesce(max(id), 0) + 1 from api_token where institution_id = $1;

-- :name api_token_put
insert into api_token (institution_id, id, account, hash, name, scopes, made, ends, used)
  values ($1, $2, $3, $4, $5, $6, $7, $8, null);

-- :name api_token_get
select id, account, name, scopes, made, ends, used from api_token where institution_id = $1 and hash = $2;

-- :name api_token_of_account
select id, account, name, scopes, made, ends, used from api_token where institution_id = $1 and account = $2 order by id;

-- :name api_token_use
update api_token set used = $3 where institution_id = $1 and id = $2;

-- :name api_token_drop
delete from api_token where institution_id = $1 and id = $2 and account = $3;

-- :name api_token_drop_of_account
delete from api_token where institution_id = $1 and account = $2;

-- :name sign_in_put
insert into sign_in (institution_id, id, time, account, reason, address)
  select $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5 from sign_in where institution_id = $1;

-- :name sign_in_newest
select time, account, reason, address, id from sign_in where institution_id = $1 and id < $2 order by id desc limit $3;

-- :name sign_in_of_account
select time, account, reason, address, id from sign_in where institution_id = $1 and account = $2 and id < $3 order by id desc limit $4;

-- :name sign_in_drop_old
delete from sign_in where institution_id = $1 and time < $2;

-- :name saved_view_put
insert into saved_view (institution_id, account, name, query, changed) values ($1, $2, $3, $4, $5)
  on conflict (institution_id, account, name) do update set query = excluded.query, changed = excluded.changed;

-- :name saved_view_drop
delete from saved_view where institution_id = $1 and account = $2 and name = $3;

-- :name saved_view_list
select name, query, changed from saved_view where institution_id = $1 and account = $2 order by name;

-- :name saved_view_others
-- How many the account has under other names.
select count(*) from saved_view where institution_id = $1 and account = $2 and name <> $3;

-- :name import_choice_put
insert into import_choice (institution_id, person, kind, choices, changed) values ($1, $2, $3, $4, $5)
  on conflict (institution_id, person, kind) do update set choices = excluded.choices, changed = excluded.changed;

-- :name import_choice_get
select choices from import_choice where institution_id = $1 and person = $2 and kind = $3;
