-- 有权必有责. Whoever is to do something is there: no open duty lies with a unit or a post that is no more.
select m.number, d.id as duty, d.name, coalesce(u.code, p.code) as abolished
  from duty d join matter m on m.institution_id = d.institution_id and m.id = d.matter
  left join unit u on u.institution_id = d.institution_id and u.id = d.unit and u.until_day is not null
  left join post p on p.institution_id = d.institution_id and p.id = d.post and p.until_day is not null
 where d.institution_id = $1 and d.closed is null and (u.id is not null or p.id is not null);
