-- Whoever has asked for a link to a new password, whether or not there is such an account: that is looked for later, so
-- that the time of an answer does not tell.
create table forgotten_password (
    id       uuid primary key,
    email    text        not null,
    language text        not null,
    asked_at timestamptz not null default now()
);
create index forgotten_password_asked on forgotten_password (asked_at);

-- Links that were mailed on request. Beside those that admins make, so that a stranger who asks ends nobody's link.
create table mailed_password_link (
    token_hash bytea primary key,
    account_id uuid        not null references agent_account (id),
    expires_at timestamptz not null
);
create index mailed_password_link_account on mailed_password_link (account_id);
create index mailed_password_link_expires on mailed_password_link (expires_at);
