-- Each row carries the knowledge revision at which it last changed, so that a node fetches only what its index lacks.
-- Whoever writes here takes the row of knowledge_revision first; revisions therefore become visible in order.
alter table reply add column revision bigint not null default 0;
-- SHA-256 of the text without regard to case, width and spacing: finds the reply that says the same.
alter table reply add column text_key text not null default '';
create index reply_revision on reply (revision);
create index reply_text_key on reply (text_key);

alter table reply_version add column label text;

alter table answered_question add column revision bigint not null default 0;
-- The turn before the question; "yes" means nothing without it.
alter table answered_question add column context text not null default '';
create index answered_question_revision on answered_question (revision);
