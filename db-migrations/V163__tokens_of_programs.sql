-- A program acts under an account of its own, so that whatever it has done names it. Nobody signs in with such an account.
alter table agent_account add column program boolean not null default false;

create table program_token (
    id           uuid primary key,
    -- Stays when the token is revoked: versions, decisions and erasures name it.
    account_id   uuid        not null references agent_account (id),
    -- SHA-256 of the token, which is shown once.
    token_hash   bytea       not null unique,
    -- Its last characters, by which people tell it from others.
    hint         text        not null,
    scopes       text[]      not null check (cardinality(scopes) > 0),
    -- For how many days it was made; null for one that does not expire.
    days         integer check (days > 0),
    -- It counts only as long as this is an active admin.
    made_by      uuid        not null references agent_account (id),
    made_at      timestamptz not null default now(),
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
