-- Conversations with answers that their customers may not have read.
create table unread_answer (
    conversation_id uuid primary key,
    -- Of the first answer that was not looked at yet; null while there is none.
    first_at        timestamptz,
    due_at          timestamptz,
    -- The newest answer that was mailed, in the customer's numbering.
    mailed          bigint not null default 0
);
create index unread_answer_due on unread_answer (due_at) where due_at is not null;

-- Mails of customers that have become messages: a mail that is read again becomes none.
create table received_mail (
    -- Of the message, made from the mail's own Message-ID.
    id              uuid primary key,
    conversation_id uuid        not null,
    customer_id     uuid        not null,
    -- For the headers of what is mailed to the customer next.
    message_id      text        not null,
    received_at     timestamptz not null default now()
);
create index received_mail_conversation on received_mail (conversation_id, received_at);
create index received_mail_customer on received_mail (customer_id);

-- How far the mailbox was read, and which node reads it.
create table mailbox (
    address      text primary key,
    uid_validity bigint,
    last_uid     bigint      not null default 0,
    read_until   timestamptz,
    read_at      timestamptz,
    failure      text
);
