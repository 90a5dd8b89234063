-- The end of a run is announced once, by whichever node sees it first: workers, which end most of them, are processes of
-- their own. What has ended before has nobody to be told; the default is for runs that are queued from now on.
alter table training_run add column announced boolean not null default true;
alter table training_run alter column announced set default false;
