-- A second step of signing in: one-time codes of an authenticator (TOTP, RFC 6238). The secret is sealed with a key of
-- the server; of recovery codes only the SHA-256 is kept.
create table second_factor (
    account_id   uuid primary key references agent_account (id) on delete cascade,
    secret       bytea       not null,
    created_at   timestamptz not null default now(),
    -- Until its owner has shown a code, it is not asked for.
    confirmed_at timestamptz,
    -- The time step of the last accepted code: none counts twice.
    last_step    bigint      not null default 0
);

create table recovery_code (
    code_hash  bytea primary key,
    account_id uuid not null references second_factor (account_id) on delete cascade
);
create index recovery_code_account on recovery_code (account_id);

-- Who has to have one.
create table second_factor_rule (
    only_one     boolean primary key default true check (only_one),
    required_for text not null default 'nobody' check (required_for in ('nobody', 'admins', 'everybody'))
);
insert into second_factor_rule default values;
