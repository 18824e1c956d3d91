-- 有权必有责. What has begun goes on only because somebody owes the next step: rule P2.
select m.number, m.procedure, m.state
  from matter m
 where m.institution_id = $1 and m.ended is null
   and not exists (select 1 from duty d where d.institution_id = m.institution_id and d.matter = m.id
                      and d.kind = 'rule' and d.closed is null);
