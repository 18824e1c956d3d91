-- 0018: how one matter may be related to another, as the institution says.

-- projection
create table relation (
  institution_id bigint not null,
  id bigint not null,
  name text not null,              -- what a link records
  zh text not null,
  en text not null,
  primary key (institution_id, id)
) without rowid;
