-- Days after their beginning; null is for ever. A server of the version before does not read it, and keeps them.
alter table retention_rule add column imported_after int check (imported_after between 1 and 36500);
