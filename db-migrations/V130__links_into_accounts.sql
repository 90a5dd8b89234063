-- Links that let somebody in who has no password yet, or none that they know. A link is known by the SHA-256 of its
-- token, and a used one is deleted: the audit log tells that there was one.
create table account_link (
    id         uuid primary key,
    token_hash bytea       not null unique,
    -- An invitation: there is no account yet.
    email      text,
    name       text,
    role       text check (role in ('agent', 'admin')),
    -- A new password for somebody who has forgotten theirs.
    account_id uuid references agent_account (id) on delete cascade,
    -- Null: somebody at the server.
    created_by uuid references agent_account (id),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    check ((account_id is null) = (email is not null and name is not null and role is not null))
);
create unique index account_link_email on account_link (lower(email)) where account_id is null;
create unique index account_link_account on account_link (account_id) where account_id is not null;
