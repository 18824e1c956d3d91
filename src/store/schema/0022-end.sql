-- 0022: a unit or a post comes to an end; what a unit was called before.

alter table unit add column since_day text;  -- the first day on which it bears its present names
alter table unit add column until_day text;  -- the first day on which it is no more
alter table post add column until_day text;

-- projection
create table former_name (
  institution_id bigint not null,
  unit bigint not null,
  until_day text not null,         -- the first day on which it was called otherwise
  name text not null,
  name_en text not null,
  primary key (institution_id, unit, until_day)
) without rowid;
