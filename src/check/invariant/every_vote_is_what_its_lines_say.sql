-- A closed vote shows no more lines than it has codes, each with a code of its own; one that is still open shows none, and
-- one that is over has nothing left that was cast and not shown. Roots, seals and results are hashed and counted beside it.
select b.id as ballot, b.state as state, l.hash as code
  from ballot b join ballot_line l on l.institution_id = b.institution_id and l.ballot = b.id
  left join ballot_code c on c.institution_id = l.institution_id and c.hash = l.hash and c.ballot = l.ballot
 where b.institution_id = $1 and (c.hash is null or b.state = 'open')
union all
select b.id, b.state, k.hash
  from ballot b join ballot_cast k on k.institution_id = b.institution_id and k.ballot = b.id
  left join ballot_code c on c.institution_id = k.institution_id and c.hash = k.hash and c.ballot = k.ballot
 where b.institution_id = $1 and (c.hash is null or b.state <> 'open');
