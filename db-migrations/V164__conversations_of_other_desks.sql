-- Conversations that another program keeps, and for whose questions it asks for replies. They have no messages here: only
-- the questions, masked, as impressions. Hidden from inbox and counts of conversations, and nobody can write in them.
alter table conversation add column elsewhere boolean not null default false;

create table outside_conversation (
    conversation_id uuid primary key references conversation (id) on delete cascade,
    -- SHA-256 of what the other program calls it, which may be somebody's address.
    id_hash         bytea  not null unique,
    -- So many have been asked; the next impression has the next number.
    questions       bigint not null default 0
);

-- What was asked for once is answered alike when it is asked for again. Neither question nor answer is kept, only their
-- impression, with which this goes.
create table program_request (
    account_id    uuid        not null references agent_account (id),
    key_hash      bytea       not null,
    body_hash     bytea       not null,
    impression_id uuid references impression (id) on delete cascade,
    counted       boolean,
    created_at    timestamptz not null default now(),
    primary key (account_id, key_hash)
);
create index program_request_impression on program_request (impression_id);
create index program_request_created on program_request (created_at);
