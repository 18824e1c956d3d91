-- 失责必追究. Of a breach, somebody must say what follows from it; only an answer that itself fails to come ends there.
-- A duty that goes on with an earlier failure has its answer there.
select m.number, d.id as duty, d.name
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.breached = 1 and d.kind <> 'answer'
   and not exists (select 1 from duty a where a.institution_id = d.institution_id and a.matter = d.matter
                      and a.kind = 'answer' and a.about = case when d.kind = 'rule' and d.about <> 0 then d.about else d.id end);
