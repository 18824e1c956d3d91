-- 有责要担当. A duty that lies with nobody's post is nobody's.
select m.number, d.id as duty, d.name, d.unit
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
 where d.institution_id = $1 and d.closed is null and d.post is null and d.person is null;
