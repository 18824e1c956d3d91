-- rule.sql: the register of rules.

-- :name rule_put
insert into rule (institution_id, id, code, area, stages, unit, finding, procedures, versions, reason)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')
  on conflict (institution_id, id) do update set area = excluded.area, stages = excluded.stages, unit = excluded.unit,
    finding = excluded.finding, procedures = excluded.procedures, versions = excluded.versions;

-- :name rule_version_put
insert into rule_version (institution_id, rule, version, title, title_en, body, articles, from_day, matter, review, review_day, note,
  idx, recorded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- :name rule_version_end
update rule_version set until_day = $4 where institution_id = $1 and rule = $2 and version = $3;

-- :name rule_repeal_put
update rule set repealed = $3, by_rule = $4, repeal_matter = $5, reason = $6, repeal_idx = $7 where institution_id = $1 and id = $2;

-- :name rule_all
select id, code, area, stages, unit, finding, procedures, versions, repealed, by_rule, repeal_matter, reason, repeal_idx from rule
 where institution_id = $1 order by id;

-- :name rule_get
select id, code, area, stages, unit, finding, procedures, versions, repealed, by_rule, repeal_matter, reason, repeal_idx from rule
 where institution_id = $1 and id = $2;

-- :name rule_find
select id from rule where institution_id = $1 and code = $2;

-- :name rule_version_all
select rule, version, title, title_en, articles, from_day, until_day, matter, review, review_day, note, idx, recorded from rule_version
 where institution_id = $1 and ($2 = 0 or rule = $2) order by rule, version;

-- :name rule_version_body
select body from rule_version where institution_id = $1 and rule = $2 and version = $3;

-- :name rule_bodies
select rule, version, title, title_en, body from rule_version
 where institution_id = $1 and from_day <= $2 and (until_day is null or until_day > $2) order by rule;

-- :name rules_of_matter
-- What a matter made, what arose from it, and what it repealed, each by its newest version. What a rule arose from is said where it was
-- registered, or by the matter that made it, to those who see that.
select x.rule, v.version, v.title, v.title_en, x.how from (
  select v.rule, 'issued' as how from rule_version v where v.institution_id = $1 and v.matter = $4
  union select r.id, 'arose' from rule r where r.institution_id = $1 and r.finding = $4
  union select v.rule, 'arose' from link l join matter m on m.institution_id = l.institution_id and m.id = l.matter
    join rule_version v on v.institution_id = l.institution_id and v.matter = l.matter
   where l.institution_id = $1 and l.other = $4 and l.relation = 'arises_from' and {told_of m}
  union select r.id, 'repealed' from rule r where r.institution_id = $1 and r.repeal_matter = $4) x
  join rule_version v on v.institution_id = $1 and v.rule = x.rule
   and v.version = (select max(n.version) from rule_version n where n.institution_id = $1 and n.rule = x.rule)
 order by x.how, x.rule;
