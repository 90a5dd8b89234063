-- How many examples of a snapshot have lost their texts, counted when that happens: pages ask for it every few seconds.
alter table dataset_version add column erased int not null default 0;
alter table dataset_version add column erased_train int not null default 0;
update dataset_version v set erased = counted.erased, erased_train = counted.erased_train
from (select p.dataset_id, count(*) as erased, count(*) filter (where p.split = 'train') as erased_train
    from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id
    where s.erased_at is not null group by p.dataset_id) counted
where v.id = counted.dataset_id;

-- A run that was going on while a customer was erased has stored what it had read before.
update flipped_case f set question = null, content = null, erased_at = now()
where erased_at is null and not exists (select from impression i where i.id = f.impression_id);
