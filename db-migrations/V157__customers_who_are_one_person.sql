-- Customers of whom agents say that they are one person. Nothing is moved: each keeps their id, conversations and tokens,
-- so that to take it back is to delete a row.
create table customer_merge (
    customer_id uuid primary key references customer (id) on delete cascade,
    -- Into whom this customer was merged; who may have been merged into somebody else since.
    into_id     uuid        not null references customer (id) on delete cascade,
    -- The end of that chain, by whose id agents know the person.
    kept_id     uuid        not null references customer (id) on delete cascade,
    merged_by   uuid        not null references agent_account (id),
    merged_at   timestamptz not null default now(),
    check (customer_id <> into_id and customer_id <> kept_id)
);
create index customer_merge_kept on customer_merge (kept_id, merged_at);
create index customer_merge_into on customer_merge (into_id);

-- Blocked because another customer is, who is the same person; not any more once they are separated.
alter table blocked_customer add column through_merge boolean not null default false;
