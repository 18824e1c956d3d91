-- :name account_put
insert into account (institution_id, id, code, pseudonym, person, keeper, admin, state, issuer, subject, break_glass)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (institution_id, id) do update set code = excluded.code, pseudonym = excluded.pseudonym, person = excluded.person,
    keeper = excluded.keeper, admin = excluded.admin, state = excluded.state, issuer = excluded.issuer,
    subject = excluded.subject, break_glass = excluded.break_glass;

-- :name account_all
select id, code, pseudonym, person, keeper, admin, state, issuer, subject, break_glass from account where institution_id = $1 order by id;

-- :name account_by_id
select id, code, pseudonym, person, keeper, admin, state, issuer, subject, break_glass from account where institution_id = $1 and id = $2;

-- :name account_by_code
select id, code, pseudonym, person, keeper, admin, state, issuer, subject, break_glass from account where institution_id = $1 and code = $2;

-- :name account_by_identity
select id, code, pseudonym, person, keeper, admin, state, issuer, subject, break_glass from account where institution_id = $1 and issuer = $2
   and subject = $3;

-- :name policy_put
insert into policy (institution_id, name, value) values ($1, $2, $3)
  on conflict (institution_id, name) do update set value = excluded.value;

-- :name policy_get
select value from policy where institution_id = $1 and name = $2;

-- :name member_put
insert into compartment_member (institution_id, id, matter, person, owner, reason, from_day, until_day, granted_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (institution_id, id) do update set owner = excluded.owner, reason = excluded.reason,
    from_day = excluded.from_day, until_day = excluded.until_day, granted_by = excluded.granted_by;

-- :name member_all
select id, matter, person, owner, reason, from_day, until_day, granted_by from compartment_member
 where institution_id = $1 order by id;

-- :name kin_put
insert or replace into kin (institution_id, id, person, other, kind, until_day) values ($1, $2, $3, $4, $5, $6);

-- :name kin_all
select id, person, other, kind, until_day from kin where institution_id = $1 order by id;

-- :name look_put
insert into look (institution_id, idx, object, account, first, last, times) values ($1, $2, $3, $4, $5, $6, $7);

-- :name look_of_object
select idx, account, first, last, times, object from look
 where institution_id = $1 and object = $2 and idx <= $3 and (idx < $3 or object > $4 or object = $4 and account > $5)
 order by idx desc, account limit $6;

-- :name look_all
select idx, account, first, last, times, object from look
 where institution_id = $1 and idx <= $2 and (idx < $2 or object > $3 or object = $3 and account > $4)
 order by idx desc, object, account limit $5;

-- :name person_name
select name from person where institution_id = $1 and id = $2;
