-- Reports read the messages of a period; events are stored in the order of their time, so a few ranges of pages tell.
drop index concurrently if exists conversation_event_time;
create index concurrently conversation_event_time on conversation_event using brin (created_at);
