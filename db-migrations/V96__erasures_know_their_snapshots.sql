-- Which snapshots had taught what was erased: the models made from them are looked up when the proof is read.
alter table erasure add column taught uuid[] not null default '{}';
