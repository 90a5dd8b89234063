-- Sign-in that strangers cannot lock, and customers whose access can be taken back.

-- Attempts of a browser in which the account's owner has signed in before are counted by themselves.
alter table sign_in_failure add column device_id uuid;
create index sign_in_failure_device on sign_in_failure (device_id, failed_at) where device_id is not null;

-- Tokens that customers got earlier than `customers_not_before` no longer hold. Each identity secret has a number, which
-- stands in the tokens that it vouched for; the one before counts until `previous_secret_until`. The audience of vouchers
-- is not checked on sites from before this migration, whose servers may have named any, until an admin says so.
alter table site
    add column customers_not_before timestamptz,
    add column identity_secret_version integer not null default 1,
    add column previous_identity_secret bytea,
    add column previous_secret_until timestamptz,
    add column audience_checked boolean not null default false;

create table blocked_customer (
    customer_id uuid primary key references customer (id) on delete cascade,
    reason      text        not null default '',
    blocked_by  uuid        not null references agent_account (id),
    blocked_at  timestamptz not null default now()
);
create index blocked_customer_newest on blocked_customer (blocked_at desc, customer_id);
