-- The record. The numbers of a procedure count from 1 in every year; none is missing, and the next one is known.
select m.procedure, m.year, min(m.seq) as first, max(m.seq) as last, count(*) as matters, s.last as kept
  from matter m left join sequence s on s.institution_id = m.institution_id and s.procedure = m.procedure and s.year = m.year
 where m.institution_id = $1
 group by m.procedure, m.year, s.last
having min(m.seq) <> 1 or max(m.seq) <> count(*) or s.last is null or s.last <> max(m.seq);
