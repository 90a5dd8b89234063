-- Whether the reply of an answer counts as the right one: false where the agent began with it and changed it beyond
-- recognition. Null in all rows from before, where it is not known and counts as before.
alter table decision add column accepted boolean;
