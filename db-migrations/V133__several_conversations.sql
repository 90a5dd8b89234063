-- A customer may begin another conversation when the one before is resolved. The current one is the newest, which the
-- widget shows and continues; the others are there to be read.
alter table conversation add column current boolean not null default true;
