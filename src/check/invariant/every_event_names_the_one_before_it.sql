-- The record. An event names the last event of its object, so that none can be slipped in or taken out.
select idx as event, object, named, before
  from (select idx, object, coalesce(json_extract(cast(envelope as text), '$.prev'), -1) as named,
               lag(idx, 1, -1) over (partition by object order by idx) as before
          from event where institution_id = $1)
 where named <> before;
