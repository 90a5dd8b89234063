-- What customers of a site see before they write, as an admin has set it; a site without a row is as usual.
create table site_welcome (
    site_id uuid primary key references site (id) on delete cascade,
    welcome jsonb not null
);

-- Replies that are offered as frequent questions, in the order in which they were marked.
create table frequent_reply (
    reply_id  uuid primary key references reply (id) on delete cascade,
    marked_at timestamptz not null default now()
);

-- What customers said of them, by day: how many, not who.
create table frequent_reply_verdict (
    reply_id   uuid   not null references reply (id) on delete cascade,
    day        date   not null,
    helped     bigint not null default 0,
    not_helped bigint not null default 0,
    primary key (reply_id, day)
);
