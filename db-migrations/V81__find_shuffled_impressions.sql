-- Shuffled impressions are few, and looked at after decisions.
drop index concurrently if exists impression_shuffled;
create index concurrently impression_shuffled on impression (created_at desc) where shuffled;
