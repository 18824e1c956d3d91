-- 0020: who an account is elsewhere, and which go on with their passwords where all others sign in elsewhere.

-- of a projection: follows from account.set
alter table account add column issuer text;               -- a provider's, or ldap; null: not tied
alter table account add column subject text;              -- the person's name there
alter table account add column break_glass bigint not null default 0;
create unique index account_identity on account (institution_id, issuer, subject) where subject is not null;
