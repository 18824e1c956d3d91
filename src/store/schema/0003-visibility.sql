-- 0003: who may see a matter, as far as the definitions say it and tables can be asked.

-- institution, unit, compartment: of the definition that judges it. Whatever could not be read stays shut.
alter table matter add column visibility text not null default 'compartment';

-- projection: the functions that a definition's roles name
create table definition_function (
  institution_id bigint not null,
  definition bigint not null,
  function text not null,
  primary key (institution_id, definition, function)
) without rowid;

-- projection: whom a compartment is about; who that is today follows from the institution of the day
create table subject (
  institution_id bigint not null,
  matter bigint not null,
  i bigint not null,               -- one role of the definition each
  function text,                   -- a role begins with one of these four …
  unit bigint,
  post bigint,
  person bigint,
  steps text not null,             -- … and goes on from there: h to the head, s to the superior
  primary key (institution_id, matter, i)
) without rowid;

create index tenure_person on tenure (institution_id, person);
create index delegation_to on delegation (institution_id, to_person);
create index unit_parent on unit (institution_id, parent);
create index kin_person on kin (institution_id, person);
create index kin_other on kin (institution_id, other);

-- Lists of one unit or one procedure, the newest first. Neither changes with an act, or hardly ever.
create index matter_of_unit on matter (institution_id, unit, id);
create index matter_of_procedure on matter (institution_id, procedure, id);
create index duty_breached on duty (institution_id, due, matter, id) where breached = 1;
create index duty_open on duty (institution_id, due, matter, id) where closed is null;
