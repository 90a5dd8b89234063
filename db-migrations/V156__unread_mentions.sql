-- Few at any time, and counted with each census.
drop index concurrently if exists conversation_mention_unread;
create index concurrently conversation_mention_unread on conversation (id) where mention_unread <> '{}';
