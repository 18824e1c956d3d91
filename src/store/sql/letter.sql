-- letter.sql: what is reported without a name.

-- :name letter_put
insert into letter (institution_id, code, matter) values ($1, $2, $3);

-- :name letter_find
select matter from letter where institution_id = $1 and code = $2;

-- :name letter_wait
insert into letter_waiting (institution_id, code, part, came, body) values ($1, $2, $3, $4, $5);

-- :name letter_waiting_of
select code, part, came, body from letter_waiting where institution_id = $1 and code = $2 order by part;

-- :name letter_waiting_all
select code, part, came, body from letter_waiting where institution_id = $1 order by code, part;

-- :name letter_due
-- Codes with something that came before this day: by code, which tells nothing.
select distinct code from letter_waiting where institution_id = $1 and came < $2 order by code;

-- :name letter_came
select count(*) from letter_waiting where institution_id = $1 and came = $2;

-- :name letter_drop
delete from letter_waiting where institution_id = $1 and code = $2 and part = $3;
