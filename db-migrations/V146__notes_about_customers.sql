-- What the team wants to remember of a person, whichever conversation is open. It goes with the customer.
create table customer_note (
    -- Made by the client, so that a retry finds what the first try stored.
    id          uuid primary key,
    customer_id uuid        not null references customer (id) on delete cascade,
    author_id   uuid        not null references agent_account (id),
    text        text        not null,
    -- Grows with each change, so that nobody changes what they have not read.
    version     integer     not null default 1,
    created_at  timestamptz not null default now(),
    changed_at  timestamptz
);
create index customer_note_newest on customer_note (customer_id, created_at desc);
