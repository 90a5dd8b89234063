-- At most one run waits or works at a time; of two starts at once, on whichever nodes, this index lets one win.
create unique index training_run_one_active on training_run ((true)) where status in ('queued', 'running');

-- What kind of failure `error` describes, for pages in other languages.
alter table training_run add column error_code text;
