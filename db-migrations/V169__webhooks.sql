-- Where events of this installation are sent to.
create table webhook (
    id              uuid primary key,
    name            text        not null,
    url             text        not null,
    kinds           text[]      not null check (cardinality(kinds) > 0),
    -- How much of what people write goes along: none, masked, full.
    texts           text        not null check (texts in ('none', 'masked', 'full')),
    enabled         boolean     not null default true,
    -- Sealed with a key of the server, which has to sign with it.
    secret          bytea       not null,
    -- The one before the last renewal, with which it also signs until then.
    previous_secret bytea,
    previous_until  timestamptz,
    created_at      timestamptz not null default now(),
    -- The first failure since the last success; null while it delivers.
    failing_since   timestamptz,
    failed_at       timestamptz,
    delivered_at    timestamptz,
    -- Why it was switched off by itself; null where an admin has, or it is on.
    off_because     text,
    -- Deleted for everybody; the row goes when the last of its deliveries has.
    deleted_at      timestamptz
);

-- One row for each conversation (or other order that is kept) of which a webhook is told: what comes next, and who is at it.
-- There are no foreign keys here: a message must never fail, or wait, because somebody deletes a webhook.
create table webhook_stream (
    webhook_id    uuid   not null,
    stream        uuid   not null,
    last_sequence bigint not null,
    -- When somebody should look at it; while a node is at it, when others may. Null when nothing waits.
    next_at       timestamptz,
    -- Of the node that is at it.
    claim         uuid,
    primary key (webhook_id, stream)
);
create index webhook_stream_due on webhook_stream (webhook_id, next_at) where next_at is not null;
create index webhook_stream_by_stream on webhook_stream (stream);

-- The outbox and, once sent, the log.
create table webhook_delivery (
    number       bigint generated always as identity primary key,
    -- What receivers tell repeats by.
    id           uuid        not null unique,
    webhook_id   uuid        not null,
    stream       uuid        not null,
    sequence     bigint      not null,
    kind         text        not null,
    body         text        not null,
    state        text        not null check (state in ('waiting', 'delivered', 'dead')),
    created_at   timestamptz not null default now(),
    -- From when its day counts: since it was written, or sent again by hand.
    since        timestamptz not null default now(),
    attempts     integer     not null default 0,
    tried_at     timestamptz,
    status       integer,
    failure      text,
    answer       text,
    millis       bigint
);
create index webhook_delivery_log on webhook_delivery (webhook_id, number desc);
create index webhook_delivery_in_state on webhook_delivery (webhook_id, state, number desc);
create index webhook_delivery_waiting on webhook_delivery (webhook_id, stream, sequence) where state = 'waiting';
create index webhook_delivery_by_stream on webhook_delivery (stream);
create index webhook_delivery_by_age on webhook_delivery (created_at);
