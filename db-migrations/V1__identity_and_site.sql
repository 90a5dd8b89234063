-- Who may sign in, and where the widget may be embedded.

create table agent_account (
    id            uuid primary key,
    email         text        not null,
    name          text        not null,
    password_hash text        not null,
    role          text        not null check (role in ('agent', 'admin')),
    active        boolean     not null default true,
    created_at    timestamptz not null default now()
);
create unique index agent_account_email on agent_account (lower(email));

-- A session is known by the SHA-256 of its cookie, so that a read of this table signs nobody in.
create table agent_session (
    token_hash   bytea primary key,
    account_id   uuid        not null references agent_account (id) on delete cascade,
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at   timestamptz not null
);
create index agent_session_account on agent_session (account_id);

-- Failed sign-ins, counted per account and per address; in the database so that every node counts the same.
create table sign_in_failure (
    id         bigint generated always as identity primary key,
    email_hash bytea       not null,
    address    text        not null,
    failed_at  timestamptz not null default now()
);
create index sign_in_failure_email on sign_in_failure (email_hash, failed_at);
create index sign_in_failure_address on sign_in_failure (address, failed_at);

-- The one-time link that the first start prints; used once to make the first admin.
create table setup_link (
    token_hash bytea primary key,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz
);

-- Keys that sign customer tokens; the newest signs, all that are not retired verify.
create table signing_key (
    id         uuid primary key,
    secret     bytea       not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz
);

create table site (
    id              uuid primary key,
    key             text        not null unique,
    name            text        not null,
    allowed_origins text[]      not null default '{}',
    color           text        not null default '#0b57d0',
    greeting_en     text        not null default '',
    greeting_zh     text        not null default '',
    -- HS256 secret with which the site's own server vouches for signed-in customers; null: anonymous only.
    identity_secret bytea,
    identity_required boolean   not null default false,
    created_at      timestamptz not null default now()
);

-- A row comes with the first message, not with a page view.
create table customer (
    id          uuid primary key,
    site_id     uuid        not null references site (id),
    external_id text,
    name        text,
    email       text,
    created_at  timestamptz not null default now(),
    unique (site_id, external_id)
);
