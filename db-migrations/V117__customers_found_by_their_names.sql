-- Customers are found by the words of their names, and by the beginnings of their addresses.
drop index concurrently if exists customer_words;
create index concurrently customer_words on customer
    using gin (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(email, '')));
