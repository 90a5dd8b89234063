-- Each reply that is opened asks which others say the same, and the first page which are to be looked at again.
drop index concurrently if exists reply_translations;
create index concurrently reply_translations on reply (translations) where translations is not null;
drop index concurrently if exists reply_review_on;
create index concurrently reply_review_on on reply (review_on) where review_on is not null;
