-- What is to be mailed, written in the transaction of the change that it tells of, and sent after its commit.
create table mail (
    id              uuid primary key,
    kind            text        not null,
    -- Of what is mailed only once, however often it is asked for.
    once            text unique,
    -- Of the team, to whom it goes or who has asked for it.
    account_id      uuid references agent_account (id),
    customer_id     uuid,
    conversation_id uuid,
    -- Empty once it is forgotten.
    recipient       text        not null,
    -- Subject and texts, sealed: links in them are keys. Null once they are forgotten.
    sealed          bytea,
    -- SHA-256 of what stands in the address for replies.
    reply_hash      bytea unique,
    -- Of answers: the newest that is in it, in the customer's numbering.
    up_to           bigint,
    state           text        not null default 'waiting'
                    check (state in ('waiting', 'sent', 'failed', 'dropped')),
    attempts        integer     not null default 0,
    due_at          timestamptz not null default now(),
    -- Why the last attempt failed, in the words of the other server.
    reason          text,
    created_at      timestamptz not null default now(),
    ended_at        timestamptz
);
create index mail_due on mail (due_at) where state = 'waiting';
create index mail_of_conversation on mail (conversation_id) where conversation_id is not null;
create index mail_of_customer on mail (customer_id) where customer_id is not null;
create index mail_to on mail (recipient, created_at);
create index mail_failed on mail (ended_at) where state = 'failed';
create index mail_ended on mail (ended_at) where ended_at is not null;
create index mail_of_account on mail (account_id, created_at) where account_id is not null;
