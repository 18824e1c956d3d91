-- 有责要担当. A clock stands still only by a decision, which says until when.
select m.number, d.id as duty, d.name
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.state = 'paused' and m.suspended_until is null;
