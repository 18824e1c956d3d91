-- 有责要担当. A duty ends by being done, dropped when the matter goes another way, or missed; and then says when.
select m.number, d.id as duty, d.name, d.state
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and (d.closed is null) <> (d.state in ('open', 'paused'));
