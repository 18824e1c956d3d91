-- 0019: from when until when somebody followed a matter, and what happened that those who follow it hear of. What was recorded
-- before is filled in from the events (store_fill.c).

drop table follower;

-- projection: who follows a matter, from behind one event on until another
create table following (
  institution_id bigint not null,
  matter bigint not null,
  person bigint not null,
  since bigint not null,
  until bigint,                    -- null: they follow it now
  primary key (institution_id, matter, person, since)
) without rowid;
create index following_person on following (institution_id, person, matter);

-- projection: what happened in a matter that somebody follows, and how one began and ended that arose from another
create table news (
  institution_id bigint not null,
  matter bigint not null,
  idx bigint not null,             -- the event that says it
  kind text not null,
  duty bigint not null,
  person bigint,                   -- whose act it was …
  on_behalf bigint,
  in_name_of bigint,               -- … who all aren't told of it
  primary key (institution_id, matter, idx, kind)
) without rowid;
