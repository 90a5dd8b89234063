-- A customer has one conversation, which reopens; the index makes two first messages at the same moment find each other.

drop index conversation_customer;
create unique index conversation_of_customer on conversation (customer_id);
