-- 0016: the register of rules (grasp/rule.h).

-- projection: what holds of a rule now
create table rule (
  institution_id bigint not null,
  id bigint not null,
  code text not null,
  area text not null,              -- people, money, property, affairs
  stages text not null,            -- words with blanks between: policy, supervision, target, assessment
  unit bigint not null,
  finding bigint,                  -- the matter it arose from
  procedures text not null,        -- names with blanks between
  versions bigint not null,
  repealed text,                   -- the first day it no longer holds
  by_rule bigint,                  -- what takes its place
  repeal_matter bigint,
  reason text not null,
  repeal_idx bigint,
  primary key (institution_id, id)
);
create unique index rule_code on rule (institution_id, code);

-- projection: its texts, each in force from a day until another
create table rule_version (
  institution_id bigint not null,
  rule bigint not null,
  version bigint not null,
  title text not null,
  title_en text not null,
  body text not null,              -- Markdown
  articles bigint not null,
  from_day text not null,
  until_day text,
  matter bigint,                   -- that made or amended it
  review bigint,                   -- in which its review is owed …
  review_day text,                 -- … on this day
  note text not null,
  idx bigint not null,
  recorded bigint not null,
  primary key (institution_id, rule, version)
);
