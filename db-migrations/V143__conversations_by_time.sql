-- Reports count the conversations of a period; a row seldom changes long after it was made, so a few ranges of pages tell.
drop index concurrently if exists conversation_time;
create index concurrently conversation_time on conversation using brin (created_at);
