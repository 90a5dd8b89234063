-- Conversations and their events. `last_sequence` counts everything that agents see, `last_public_sequence` what
-- customers see; both are free of gaps, so that neither side can miss an event unnoticed and a customer cannot
-- even tell that an internal note exists.

create table conversation (
    id                   uuid primary key,
    site_id              uuid        not null references site (id),
    customer_id          uuid        not null references customer (id),
    status               text        not null default 'open' check (status in ('open', 'resolved')),
    assignee_id          uuid references agent_account (id),
    last_sequence        bigint      not null default 0,
    last_public_sequence bigint      not null default 0,
    -- Read marks, in the numbering of the side that reads.
    customer_read        bigint      not null default 0,
    agent_read           bigint      not null default 0,
    last_text            text        not null default '',
    last_author          text        not null default 'customer' check (last_author in ('customer', 'agent')),
    waiting_since        timestamptz,
    created_at           timestamptz not null default now(),
    updated_at           timestamptz not null default now()
);
create index conversation_inbox on conversation (status, updated_at desc, id);
create index conversation_assignee on conversation (assignee_id, status, updated_at desc);
create index conversation_customer on conversation (customer_id, created_at desc);

create table conversation_event (
    conversation_id uuid        not null references conversation (id) on delete cascade,
    sequence        bigint      not null check (sequence > 0),
    -- Null for what customers may never receive.
    public_sequence bigint check (public_sequence > 0),
    kind            text        not null check (kind in ('message', 'note', 'status', 'assignee')),
    author_kind     text        not null check (author_kind in ('customer', 'agent', 'system')),
    author_id       uuid,
    author_name     text        not null default '',
    -- Made by the client, so that a retry of a send finds what the first try stored.
    client_id       uuid unique,
    text            text        not null default '',
    status          text check (status in ('open', 'resolved')),
    assignee_id     uuid,
    assignee_name   text,
    created_at      timestamptz not null default now(),
    primary key (conversation_id, sequence),
    constraint note_is_internal check ((kind = 'note') = (public_sequence is null))
);
create unique index conversation_event_public on conversation_event (conversation_id, public_sequence)
    where public_sequence is not null;
