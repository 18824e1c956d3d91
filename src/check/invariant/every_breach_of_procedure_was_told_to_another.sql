-- 失责必追究. What was done against a rule of its procedure was told to somebody else, who must say what follows from it.
select m.number, i.action, i.rule
  from irregularity i join matter m on m.institution_id = i.institution_id and m.id = i.matter
 where i.institution_id = $1
   and (not exists (select 1 from notice n where n.institution_id = i.institution_id and n.idx = i.idx and n.matter = i.matter
                       and n.kind = 'irregular' and n.post <> coalesce(i.post, 0))
     or not exists (select 1 from duty a where a.institution_id = i.institution_id and a.matter = i.matter and a.id = i.answer
                       and a.kind = 'answer' and coalesce(a.post, 0) <> coalesce(i.post, 0)));
