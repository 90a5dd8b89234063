-- The open inbox without what is put off and without spam, which may be much more than all that is left.
drop index concurrently if exists conversation_in_queue;
create index concurrently conversation_in_queue on conversation (waiting_since, id) include (assignee_id)
    where status = 'open' and waiting_since is not null and snoozed_until is null and not spam;
drop index concurrently if exists conversation_at_rest;
create index concurrently conversation_at_rest on conversation (updated_at desc, id) include (assignee_id)
    where status = 'open' and waiting_since is null and snoozed_until is null and not spam;
drop index concurrently if exists conversation_snoozed;
create index concurrently conversation_snoozed on conversation (snoozed_until, id) where snoozed_until is not null;
drop index concurrently if exists conversation_spam;
create index concurrently conversation_spam on conversation (updated_at desc, id) include (status) where spam;
drop index concurrently if exists conversation_labels;
create index concurrently conversation_labels on conversation using gin (labels) where labels <> '{}';
