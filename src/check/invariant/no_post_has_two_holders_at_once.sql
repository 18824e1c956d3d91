-- The record. On no day do two people hold one post, or act in it.
select p.code as post, a.person, b.person as other, b.from_day
  from tenure a join tenure b on b.institution_id = a.institution_id and b.post = a.post and b.kind = a.kind and b.id > a.id
  join post p on p.institution_id = a.institution_id and p.id = a.post
 where a.institution_id = $1 and (a.until_day is null or a.until_day > b.from_day)
   and (b.until_day is null or b.until_day > a.from_day);
