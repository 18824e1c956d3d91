-- 0023: rules by the matter that made, caused or repealed them.

create index rule_version_matter on rule_version (institution_id, matter) where matter is not null;
create index rule_finding on rule (institution_id, finding) where finding is not null;
create index rule_repeal_matter on rule (institution_id, repeal_matter) where repeal_matter is not null;
