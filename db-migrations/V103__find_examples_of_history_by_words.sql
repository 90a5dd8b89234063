-- Examples of imported history are searched by their words, as the others.
drop index concurrently if exists past_example_by_words;
create index concurrently past_example_by_words on past_example using gin (example_words(query, reply_text));
