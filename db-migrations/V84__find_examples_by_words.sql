-- Examples are searched by their words.
drop index concurrently if exists example_by_words;
create index concurrently example_by_words on example using gin (example_words(query, reply_text));
