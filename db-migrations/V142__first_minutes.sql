-- From which pages of its own a site's widget has been opened: once for each, so that whoever sets a site up sees that the
-- line works.
create table site_sighting (
    site_id  uuid        not null references site (id) on delete cascade,
    origin   text        not null,
    first_at timestamptz not null default now(),
    primary key (site_id, origin)
);

-- Whether the first steps have been put away: a row, or none. What of them is done stands nowhere, it is looked up.
create table first_steps_put_away (
    only_one    boolean     primary key default true check (only_one),
    put_away_at timestamptz not null default now()
);
