-- How often something was forgotten because it was wrong. Unlike after an erasure, an index from before may still be used
-- until another one is made.
alter table knowledge_revision add column corrections bigint not null default 0;
