-- Customers who were erased: what was removed, as a proof; and when conversations are erased by themselves.
create table erasure (
    id           uuid primary key,
    -- The id alone, which says nothing about a person any more.
    customer_id  uuid        not null,
    trigger      text        not null check (trigger in ('admin', 'retention')),
    requested_by uuid references agent_account (id),
    reason       text        not null default '',
    removed      jsonb       not null,
    snapshots    int         not null,
    models       bigint[]    not null,
    erased_at    timestamptz not null default now()
);
create index erasure_newest on erasure (erased_at desc, id desc);

-- Days without anything new after which a conversation is erased; null is never.
create table retention_rule (
    id             boolean primary key default true check (id),
    resolved_after int check (resolved_after between 1 and 36500),
    open_after     int check (open_after between 1 and 36500),
    changed_by     uuid references agent_account (id)
);
insert into retention_rule default values;

-- Tokens of an erased customer from before are no longer valid; it holds no personal data.
create table erased_customer (
    customer_id uuid primary key,
    erased_at   timestamptz not null default now()
);

-- Counts erasures: an index that has learned an erased question is made anew, because a search index and a regression keep
-- traces of what was taken out of them.
alter table knowledge_revision add column erasures bigint not null default 0;
