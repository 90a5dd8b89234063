-- Conversations that were given out in turn and not accepted yet, and those who have let one lapse, so that it does not come
-- back to them. Gone as soon as somebody of the team does anything in the conversation.
create table routing_offer (
    conversation_id uuid        not null references conversation (id) on delete cascade,
    agent_id        uuid        not null references agent_account (id) on delete cascade,
    offered_at      timestamptz not null default now(),
    -- Null once it has lapsed.
    until           timestamptz,
    primary key (conversation_id, agent_id)
);
create index routing_offer_until on routing_offer (until) where until is not null;
create index routing_offer_agent on routing_offer (agent_id);
