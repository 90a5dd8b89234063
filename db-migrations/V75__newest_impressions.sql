-- The newest questions are looked through for what nobody could answer.
drop index concurrently if exists impression_newest;
create index concurrently impression_newest on impression (created_at desc, id);
