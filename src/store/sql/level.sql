-- level.sql: institutions above and below, and the files between them.

-- :name peer_put
insert or replace into peer (institution_id, id, code, zh, en, side, key, closed) values ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name peer_all
select id, code, zh, en, side, key, closed from peer where institution_id = $1 order by id;

-- :name package_put
insert into package (institution_id, id, peer, number, taken, hash, size, root, person, idx)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- :name package_item_put
insert into package_item (institution_id, package, item, kind, matter, event, far, body) values ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name package_last
-- The newest id, and the highest number of this peer and direction.
select (select coalesce(max(id), 0) from package where institution_id = $1),
       (select coalesce(max(number), 0) from package where institution_id = $1 and peer = $2 and taken = $3);

-- :fragment package_row(p)
:p.id, :p.peer, :p.number, :p.taken, :p.hash, :p.size, :p.root, :p.person, :p.idx,
(select e.time from event e where e.institution_id = $1 and e.idx = :p.idx)

-- :name package_find
select {package_row p} from package p where p.institution_id = $1 and p.peer = $2 and p.taken = $3 and p.number = $4;

-- :name package_all
-- The newest first; of a viewer ($2) those of which they see a matter, or which they made or took.
select {package_row p} from package p
 where p.institution_id = $1
   and ($2 is null or p.person = $2 or exists (select 1 from package_item i join matter m on m.institution_id = $1 and m.id = i.matter
        where i.institution_id = $1 and i.package = p.id and {may_see m $2 $3}))
   and ($4 = 0 or p.id = $4) and ($5 = 0 or p.peer = $5)
 order by p.id desc limit $6;

-- :name package_numbers
-- What is known of one peer and direction, by number.
select {package_row p} from package p where p.institution_id = $1 and p.peer = $2 and p.taken = $3 order by p.number;

-- :fragment package_item_row(i)
:i.package, :i.item, :i.kind, :i.matter, :i.event, :i.far, :i.body

-- :name package_item_all
-- Of a viewer only what is about a matter that they see.
select {package_item_row i} from package_item i
 where i.institution_id = $1 and i.package = $4
   and ($2 is null or exists (select 1 from matter m where m.institution_id = $1 and m.id = i.matter and {may_see m $2 $3}))
 order by i.item;

-- :name package_item_matter
-- All that was sent or taken about one matter, in order.
select {package_item_row i}, {package_row p} from package_item i
  join package p on p.institution_id = i.institution_id and p.id = i.package
 where i.institution_id = $1 and i.matter = $2 order by i.package, i.item;
