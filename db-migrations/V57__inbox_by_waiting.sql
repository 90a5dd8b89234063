-- The inbox is read from those who wait longest to those whom the team answered last: one index for each half, so that
-- a page costs the same wherever it begins. Conversations that are resolved keep to conversation_inbox.

create index conversation_waiting on conversation (waiting_since, id) include (assignee_id)
    where status = 'open' and waiting_since is not null;
create index conversation_answered on conversation (updated_at desc, id) include (assignee_id)
    where status = 'open' and waiting_since is null;
