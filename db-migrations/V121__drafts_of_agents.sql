-- What agents have begun to write and not sent, so that it is there on another device, too. One for each agent and
-- conversation; it goes with the conversation.
create table agent_draft (
    agent_id        uuid        not null references agent_account (id),
    conversation_id uuid        not null references conversation (id) on delete cascade,
    -- Made by the client for each save, so that a repeated one is known, and another one knows what it was built upon.
    version         uuid        not null,
    -- In the order in which drafts changed, over all of them.
    revision        bigint      not null,
    -- Which tab of which device has saved it.
    client          text        not null,
    content         jsonb       not null,
    -- What another device had written at the same time and would have been written over; null where nothing.
    aside           jsonb,
    edited_at       timestamptz not null,
    primary key (agent_id, conversation_id)
);
create index agent_draft_conversation on agent_draft (conversation_id);
create index agent_draft_edited on agent_draft (edited_at);
create sequence agent_draft_revision;
