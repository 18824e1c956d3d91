-- :name unit_put
insert or replace into unit (institution_id, id, code, name, name_en, kind, parent, leader, since_day, until_day)
 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- :name unit_all
select id, code, name, name_en, kind, parent, leader, since_day, until_day from unit where institution_id = $1 order by id;

-- :name former_name_keep
-- Before the unit of id $2 gets its new row: what it is called until the day $5, where it is called otherwise
-- from then on.
insert into former_name (institution_id, unit, until_day, name, name_en)
select institution_id, id, $5, name, name_en from unit
 where institution_id = $1 and id = $2 and (name <> $3 or name_en <> $4) and $5 <> coalesce(since_day, '');

-- :name former_name_all
select unit, until_day, name, name_en from former_name where institution_id = $1 order by unit, until_day;

-- :name post_put
insert or replace into post (institution_id, id, code, unit, title, title_en, kind, rank, until_day)
 values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name post_all
select id, code, unit, title, title_en, kind, rank, until_day from post where institution_id = $1 order by id;

-- :name person_put
insert or replace into person (institution_id, id, code, name, pseudonym, gender, born) values ($1, $2, $3, $4, $5, $6, $7);

-- :name person_all
select id, code, name, pseudonym, gender, born from person where institution_id = $1 order by id;

-- :name tenure_put
insert or replace into tenure (institution_id, id, post, person, from_day, until_day, kind, move) values ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name tenure_all
select id, post, person, from_day, until_day, kind, move from tenure where institution_id = $1 order by id;

-- :name function_put
insert or replace into function (institution_id, name, unit, post) values ($1, $2, $3, $4);

-- :name function_all
select name, unit, post from function where institution_id = $1 order by name;

-- :name delegation_put
insert or replace into delegation (institution_id, id, from_person, to_person, since_day, until_day) values ($1, $2, $3, $4, $5, $6);

-- :name delegation_all
select id, from_person, to_person, since_day, until_day from delegation where institution_id = $1 order by id;

-- :name relation_put
insert or replace into relation (institution_id, id, name, zh, en) values ($1, $2, $3, $4, $5);

-- :name relation_all
select id, name, zh, en from relation where institution_id = $1 order by id;

-- :name definition_put
insert into definition (institution_id, id, procedure, version, file, body, idx) values ($1, $2, $3, $4, $5, $6, $7);

-- :name definition_function_put
insert into definition_function (institution_id, definition, function) values ($1, $2, $3) on conflict do nothing;

-- :name formula_put
insert into formula (institution_id, id, name, from_day, file, body, idx) values ($1, $2, $3, $4, $5, $6, $7);

-- :name formula_all
select f.id, f.name, f.from_day, f.file, f.body, f.idx, e.time
  from formula f left join event e on e.institution_id = f.institution_id and e.idx = f.idx
 where f.institution_id = $1 order by f.id;

-- :name definition_all
select id, procedure, version, file, body from definition where institution_id = $1 order by id;

-- :name calendar_put
insert into calendar (institution_id, version, days, idx) values ($1, $2, $3, $4);

-- :name calendar_newest
select version, days, (select count(*) from calendar where institution_id = $1) from calendar where institution_id = $1
 order by idx desc limit 1;

-- :name end_rests
-- What is open and would be left without a bearer if the unit of id $2 (null: none) with all its posts, or the post of id $3, were no
-- more: duties that lie with them, and matters that are in their hands.
select (select count(*) from duty where institution_id = $1 and closed is null
         and (unit = $2 or post = $3 or post in (select id from post where institution_id = $1 and unit = $2))),
       (select count(*) from matter where institution_id = $1 and ended is null
         and (unit = $2 or commander = $3 or commander in (select id from post where institution_id = $1 and unit = $2)));
