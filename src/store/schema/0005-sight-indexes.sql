-- 0005: the indexes by which it is found out who holds, leads and stands in for what. Each holds all that is asked, because with one
-- institution in every key nothing else tells a planner that it is better than the table itself.
drop index tenure_person;
drop index delegation_to;
drop index kin_person;
drop index kin_other;
create index tenure_person on tenure (institution_id, person, from_day, until_day, post);
create index tenure_held on tenure (institution_id, post, from_day, until_day, kind, person);
create index delegation_to on delegation (institution_id, to_person, since_day, until_day, from_person);
create index kin_person on kin (institution_id, person, until_day, other);
create index kin_other on kin (institution_id, other, until_day, person);
create index post_heads on post (institution_id, unit, kind, id);
