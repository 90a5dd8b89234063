-- The view of what mentions an agent; most conversations mention nobody and are not in it.
drop index concurrently if exists conversation_mentioned;
create index concurrently conversation_mentioned on conversation using gin (mentioned) where mentioned <> '{}';
