-- The record. Nobody stands in for themselves, and no power is lent without an end.
select id, from_person, to_person, since_day, until_day
  from delegation where institution_id = $1 and (from_person = to_person or until_day <= since_day);
