-- What is told outside the house: no events, committed on a connection of their own.

-- :name telling_put
-- What was proved and what was told already stays.
insert into telling (institution_id, account, pace, way, address, lang, daily_at, quiet_from, quiet_until, working_days, told,
    wanted, asked, tries)
  values ($1, $2, $3, $4, '', $5, $6, $7, $8, $9, $10, '', null, 0)
  on conflict (institution_id, account) do update set pace = excluded.pace, way = excluded.way, lang = excluded.lang,
    daily_at = excluded.daily_at, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
    working_days = excluded.working_days,
    told = case when telling.pace = 'none' then excluded.told else telling.told end;

-- :name telling_get
select account, pace, way, address, lang, daily_at, quiet_from, quiet_until, working_days, told, wanted, asked, tries
  from telling where institution_id = $1 and account = $2;

-- :name telling_of_all
-- Whoever is to be told something, and may be: an account of a person that is in use.
select t.account, t.pace, t.way, t.address, t.lang, t.daily_at, t.quiet_from, t.quiet_until, t.working_days, t.told, t.wanted,
       t.asked, t.tries
  from telling t join account a on a.institution_id = t.institution_id and a.id = t.account
 where t.institution_id = $1 and t.pace <> 'none' and a.state = 'active' and a.person is not null order by t.account;

-- :name telling_told
update telling set told = $4 where institution_id = $1 and account = $2 and told = $3;

-- :name telling_want
update telling set wanted = $3, asked = $4, tries = 0 where institution_id = $1 and account = $2;

-- :name telling_try
update telling set tries = tries + 1 where institution_id = $1 and account = $2;

-- :name telling_prove
update telling set address = wanted, wanted = '', asked = null, tries = 0 where institution_id = $1 and account = $2;

-- :name message_put
insert into message (institution_id, id, account, what, way, from_idx, until_idx, made, next, tries, state, why, why_zh, done)
  select $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5, $6, $7, $8, 0, 'waiting', '', '', null from message where institution_id = $1;

-- :name message_lengthen
-- What was never tried takes in what came since: its day has one message, and not one for each event.
update message set until_idx = $3, way = $4, next = $5 where institution_id = $1 and id =
  (select max(id) from message where institution_id = $1 and account = $2 and state = 'waiting' and what = 'notices' and tries = 0);

-- :name message_drop_codes
update message set state = 'void', next = null where institution_id = $1 and account = $2 and what = 'code' and next is not null;

-- :name message_due
select id, account, what, way, from_idx, until_idx, made, next, tries, state, why, why_zh, done
  from message where institution_id = $1 and next <= $2 and state = 'waiting' order by next, id limit $3;

-- :name message_get
select id, account, what, way, from_idx, until_idx, made, next, tries, state, why, why_zh, done
  from message where institution_id = $1 and id = $2;

-- :name message_of_state
select id, account, what, way, from_idx, until_idx, made, next, tries, state, why, why_zh, done
  from message where institution_id = $1 and state = $2 order by id desc limit $3;

-- :name message_count
select state, count(*) from message where institution_id = $1 group by state order by state;

-- :name message_next_time
select min(next) from message where institution_id = $1 and next is not null and state = 'waiting';

-- :name message_claim
-- Written before it goes: whoever finds it so after a crash knows that it may have gone.
update message set state = 'going', tries = tries + 1 where institution_id = $1 and id = $2 and state = 'waiting';

-- :name message_settle
update message set state = $3, next = $4, why = $5, why_zh = $6, done = $7 where institution_id = $1 and id = $2;

-- :name message_drop_old
delete from message where institution_id = $1 and done < $2;
