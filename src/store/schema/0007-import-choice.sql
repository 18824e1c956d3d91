-- Schema 7: which column of an office's table somebody took for which of ours. No projection: like saved views, no event says it.
create table import_choice (
  institution_id bigint not null,
  person bigint not null,
  kind text not null,
  choices text not null,           -- a JSON list of {header, column}
  changed bigint not null,
  primary key (institution_id, person, kind)
) without rowid;
