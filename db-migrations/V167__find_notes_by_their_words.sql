-- Notes are few among messages. Those with a word that thousands of messages have are found without reading these.
drop index concurrently if exists searchable_message_words_of_notes;
create index concurrently searchable_message_words_of_notes on searchable_message using gin (words) where source = 'note';
