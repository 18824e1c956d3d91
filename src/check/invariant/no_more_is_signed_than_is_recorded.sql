-- The record. A signed checkpoint never covers more than is durable.
select size, (select count(*) from event where institution_id = $1) as events
  from checkpoint where institution_id = $1 and size > (select count(*) from event where institution_id = $1);
