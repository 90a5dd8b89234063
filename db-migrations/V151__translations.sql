-- Replies that say the same in several languages share a number here; none for a reply that stands alone.
alter table reply add column translations uuid;
