-- 有责要担当. What has ended binds nobody any more, but to the answers that are owed.
select m.number, m.state, d.id as duty, d.name
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and m.ended is not null and d.closed is null and d.kind <> 'answer';
