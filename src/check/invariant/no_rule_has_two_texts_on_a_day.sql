-- The record. The versions of a rule follow one another without a day that two of them claim, and none is in force behind its repeal.
select r.code as rule, a.version, b.version as other, b.from_day
  from rule_version a join rule_version b on b.institution_id = a.institution_id and b.rule = a.rule and b.version > a.version
  join rule r on r.institution_id = a.institution_id and r.id = a.rule
 where a.institution_id = $1 and (a.until_day is null or a.until_day > b.from_day or b.from_day <= a.from_day)
union all
select r.code, v.version, null, v.from_day
  from rule r join rule_version v on v.institution_id = r.institution_id and v.rule = r.id
 where r.institution_id = $1 and r.repealed is not null and (v.until_day is null or v.until_day > r.repealed);
