-- 有责要担当. Whoever asks is answered: a request that is open is somebody's duty.
select m.number, r.id as request, r.name
  from request r join matter m on m.institution_id = r.institution_id and m.id = r.matter
 where r.institution_id = $1 and r.state = 'open'
   and not exists (select 1 from duty d where d.institution_id = r.institution_id and d.matter = r.matter
                      and d.kind = 'decide' and d.about = r.id and d.closed is null);
