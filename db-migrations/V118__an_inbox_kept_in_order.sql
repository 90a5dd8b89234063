-- What agents use to keep the inbox in order: labels, a priority, conversations put off until later, and spam.
create table conversation_label (
    id         uuid        primary key,
    name       text        not null check (name <> ''),
    colour     text        not null,
    created_at timestamptz not null default now()
);
create unique index conversation_label_name on conversation_label (lower(name));

-- Ids of labels that are no more stay in the list and mean nothing.
alter table conversation add column labels uuid[] not null default '{}';
-- 2: urgent, 1: high, 0: normal, -1: low.
alter table conversation add column priority smallint not null default 0;
-- Null for what is not put off.
alter table conversation add column snoozed_until timestamptz;
alter table conversation add column spam boolean not null default false;
-- As agents count; what they have not read up to there is unread.
alter table conversation add column last_customer_sequence bigint not null default 0;
-- Of what the customer wrote last, as far as it can be told: zh or other.
alter table conversation add column language text;

-- An act of these kinds is a note without a text: the version before knows no other kind that customers do not see.
alter table conversation_event add column act jsonb;

-- Examples that are excluded because their conversation is spam, and are included again when it is not.
alter table example add column spam boolean not null default false;

-- A filter and an order that an agent has given a name.
create table saved_view (
    id         uuid        primary key,
    agent_id   uuid        not null references agent_account (id),
    name       text        not null check (name <> ''),
    query      jsonb       not null,
    created_at timestamptz not null default now()
);
create index saved_view_agent on saved_view (agent_id, created_at, id);
