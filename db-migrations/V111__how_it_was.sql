-- How a customer found a conversation, once for each time that it was resolved. It goes with the conversation.
create table conversation_rating (
    conversation_id uuid        not null references conversation (id) on delete cascade,
    -- The event that resolved it, as agents count, and as customers do.
    resolution      bigint      not null,
    public_sequence bigint      not null,
    -- Who resolved it; null when no agent did.
    resolved_by     uuid references agent_account (id),
    resolved_at     timestamptz not null,
    -- Null when the customer would rather not say: they are not asked again.
    score           smallint check (score between 1 and 5),
    comment         text        not null default '',
    -- Made by the client, so that a retry finds what the first try stored.
    act             uuid        not null,
    rated_at        timestamptz not null,
    primary key (conversation_id, resolution)
);
create index conversation_rating_time on conversation_rating (resolved_at) where score is not null;

-- Whether the customers of a site are asked.
alter table site add column rating_asked boolean not null default true;
