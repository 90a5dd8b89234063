-- The newest decisions tell how much each stage of ranking counts for this team.
drop index concurrently if exists decision_newest;
create index concurrently decision_newest on decision (created_at desc) where outcome <> 'rejected';
