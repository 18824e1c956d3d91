-- The record. What a question reads beside the envelope is what the envelope says; in a compartment the act is sealed.
select idx as event, kind, object
  from event
 where institution_id = $1
   and (json_extract(cast(envelope as text), '$.index') <> idx or json_extract(cast(envelope as text), '$.time') <> time
     or json_extract(cast(envelope as text), '$.object') <> object
     or json_extract(cast(envelope as text), '$.act') not in (kind, 'sealed'));
