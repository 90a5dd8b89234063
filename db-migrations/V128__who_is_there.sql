-- Which agents are there: what they say themselves, and when a console of theirs was last connected to any node.
create table agent_availability (
    agent_id        uuid        primary key references agent_account (id) on delete cascade,
    away            boolean     not null default false,
    away_changed_at timestamptz,
    -- How many open conversations they are given at most; they may take more themselves.
    capacity        integer     not null default 5 check (capacity between 1 and 100),
    online_since    timestamptz,
    seen_at         timestamptz,
    -- When they were last given a conversation in turn.
    last_offer_at   timestamptz
);
