-- Model versions and which one serves. A promotion is never changed; the newest one names the champion,
-- and a rollback is one more promotion.

create table model_version (
    id         uuid primary key,
    number     bigint generated always as identity unique,
    parent_id  uuid references model_version (id),
    origin     text        not null check (origin in ('built-in', 'training', 'import')),
    -- Directory in Hugging Face layout, relative to the application's model folder.
    directory  text        not null unique,
    sha256     text        not null,
    metrics    jsonb       not null default '{}',
    created_at timestamptz not null default now()
);

create table model_promotion (
    id          bigint generated always as identity primary key,
    model_id    uuid        not null references model_version (id),
    promoted_by uuid references agent_account (id),
    promoted_at timestamptz not null default now()
);
