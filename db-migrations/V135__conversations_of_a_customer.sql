drop index concurrently if exists conversation_of_one_customer;
create index concurrently conversation_of_one_customer on conversation (customer_id, created_at desc);
