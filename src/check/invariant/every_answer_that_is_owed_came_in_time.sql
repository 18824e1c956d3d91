-- 失责必追究. An answer that is owed and does not come ends with its breach: the audit is where it is seen.
select m.number, d.id as duty, p.code as post, datetime(d.due / 1000000, 'unixepoch') as due_utc
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
  left join post p on p.institution_id = d.institution_id and p.id = d.post
 where d.institution_id = $1 and d.kind = 'answer' and d.breached = 1 and d.closed is null;
