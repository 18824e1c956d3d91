-- ballot.sql: secret votes.

-- :name ballot_put
insert into ballot (institution_id, id, spec, root, state, opened, closed, codes, paper, paper_by, paper_second, result)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (institution_id, id) do update set state = excluded.state, closed = excluded.closed, paper = excluded.paper,
    paper_by = excluded.paper_by, paper_second = excluded.paper_second, result = excluded.result;

-- :name ballot_get
select id, spec, root, state, opened, closed, codes, paper, paper_by, paper_second, result from ballot
 where institution_id = $1 and id = $2;

-- :name ballot_all
select id, spec, root, state, opened, closed, codes, paper, paper_by, paper_second, result from ballot
 where institution_id = $1 order by id desc limit $2;

-- :name ballot_last
select coalesce(max(id), 0) from ballot where institution_id = $1;

-- :name ballot_code_put
insert into ballot_code (institution_id, hash, ballot, grp) values ($1, $2, $3, $4);

-- :name ballot_code_find
select ballot, grp from ballot_code where institution_id = $1 and hash = $2;

-- :name ballot_code_of
select hash, grp from ballot_code where institution_id = $1 and ballot = $2 order by hash;

-- :name ballot_seal_put
insert into ballot_seal (institution_id, ballot, seal) values ($1, $2, $3);

-- :name ballot_line_put
insert into ballot_line (institution_id, ballot, hash, marks, salt) values ($1, $2, $3, $4, $5);

-- :name ballot_line_of
select hash, marks, salt, 1 from ballot_line where institution_id = $1 and ballot = $2 order by hash;

-- :name ballot_cast_put
insert into ballot_cast (institution_id, ballot, hash, marks, salt, sealed) values ($1, $2, $3, $4, $5, 0);

-- :name ballot_cast_find
select marks from ballot_cast where institution_id = $1 and ballot = $2 and hash = $3;

-- :name ballot_cast_of
select hash, marks, salt, sealed from ballot_cast where institution_id = $1 and ballot = $2 order by hash;

-- :name ballot_cast_count
select count(*) from ballot_cast where institution_id = $1 and ballot = $2;

-- :name ballot_cast_sealed
update ballot_cast set sealed = 1 where institution_id = $1 and ballot = $2 and hash = $3;

-- :name ballot_cast_drop
delete from ballot_cast where institution_id = $1 and ballot = $2;
