-- The duties. A day of review is a duty of somebody: each version of a rule that has one names a matter, which is there.
select r.code as rule, v.version, v.review_day, v.review as matter
  from rule r join rule_version v on v.institution_id = r.institution_id and v.rule = r.id
  left join matter m on m.institution_id = v.institution_id and m.id = v.review
 where r.institution_id = $1 and v.review_day is not null and m.id is null;
