-- The team signs in with what it has: an OpenID Connect provider. The client secret is sealed with a key of the server.
create table identity_provider (
    only_one          boolean primary key default true check (only_one),
    -- Another one with each change; what is sealed is sealed for it.
    revision          uuid        not null,
    issuer            text        not null,
    client_id         text        not null,
    client_secret     bytea       not null,
    -- Encrypts what travels with the browser while somebody signs in, on whichever node that ends.
    state_secret      bytea       not null,
    name              text        not null,
    groups_claim      text        not null,
    admin_groups      text[]      not null,
    agent_groups      text[]      not null,
    new_accounts      boolean     not null,
    trusts_addresses  boolean     not null,
    signs_out_there   boolean     not null,
    changed_at        timestamptz not null
);

-- Who is who there. A subject is never given to somebody else, an address may be.
create table provided_identity (
    issuer     text        not null,
    subject    text        not null,
    account_id uuid        not null references agent_account (id) on delete cascade,
    linked_at  timestamptz not null,
    primary key (issuer, subject)
);
create index provided_identity_account on provided_identity (account_id);

-- Sessions that began there, so that they can end there, and with those there.
create table provided_session (
    session_hash bytea primary key references agent_session (token_hash) on delete cascade,
    issuer       text not null,
    subject      text not null,
    -- What the provider calls its own session, where it says so.
    session_id   text,
    id_token     text not null
);
create index provided_session_subject on provided_session (issuer, subject);

-- Who may sign in with a password.
create table password_rule (
    only_one    boolean primary key default true check (only_one),
    allowed_for text not null default 'everybody' check (allowed_for in ('everybody', 'admins', 'nobody'))
);
insert into password_rule default values;
