-- 0011: every day that was missed, whatever day the duty was given afterwards.

-- projection: what was breached
create table breach (
  institution_id bigint not null,
  matter bigint not null,
  duty bigint not null,
  due bigint not null,             -- the instant that was missed
  primary key (institution_id, matter, duty, due)
) without rowid;
create index breach_due on breach (institution_id, due);

insert into breach
select distinct e.institution_id, cast(substr(e.object, 2) as integer), json_extract(cast(p.body as text), '$.duty'),
       json_extract(cast(p.body as text), '$.at')
  from event e join payload p on p.institution_id = e.institution_id and p.idx = e.idx and p.slot = 'main'
 where 'duty.breach' in (e.kind, json_extract(cast(p.body as text), '$.act'));
