-- What an attached file contains, once for each content, under the hash of its bytes.
create table attachment_content (
    sha256     bytea primary key check (length(sha256) = 32),
    size       bigint      not null check (size >= 0),
    claimed_at timestamptz not null default now()
);

-- The engine that keeps contents in this database: in pieces, so that none is ever whole in memory.
create table attachment_chunk (
    sha256 bytea not null references attachment_content (sha256) on delete cascade,
    number int   not null,
    bytes  bytea not null,
    primary key (sha256, number)
);
-- Pictures and documents are compressed already.
alter table attachment_chunk alter column bytes set storage external;

-- A file that somebody has uploaded. It belongs to a message once it has been sent.
create table attachment (
    id              uuid primary key,
    sender_kind     text        not null check (sender_kind in ('customer', 'agent')),
    sender_id       uuid        not null,
    -- Whose conversation it is for; null until it is sent, unless the sender is the customer.
    customer_id     uuid,
    -- Null until a customer sends it, who may have no conversation before.
    conversation_id uuid references conversation (id) on delete cascade,
    name            text        not null,
    type            text        not null,
    size            bigint      not null,
    -- Of the picture as it is shown; null for what is no picture, or none that can be shown.
    width           int,
    height          int,
    state           text        not null check (state in ('scanning', 'ready', 'refused')),
    scan_tried_at   timestamptz,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz,
    -- Sent with a note, which customers never see.
    internal        boolean     not null default false
);
create index attachment_sender on attachment (sender_id, created_at);
create index attachment_conversation on attachment (conversation_id);
create index attachment_customer on attachment (customer_id);
create index attachment_unsent on attachment (created_at) where sent_at is null;
create index attachment_scanning on attachment (scan_tried_at) where state = 'scanning';

-- The file as it came, and the pictures that were made of it to be shown.
create table attachment_variant (
    attachment_id uuid  not null references attachment (id) on delete cascade,
    variant       text  not null check (variant in ('original', 'large', 'thumbnail')),
    sha256        bytea not null references attachment_content (sha256),
    type          text  not null,
    primary key (attachment_id, variant)
);
create index attachment_variant_content on attachment_variant (sha256);
