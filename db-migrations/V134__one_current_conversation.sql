drop index concurrently if exists conversation_current;
create unique index concurrently conversation_current on conversation (customer_id) where current;
