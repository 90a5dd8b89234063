-- When the team of a site is there, as an admin has written it; a site without a row is always open.
create table site_hours (
    site_id uuid primary key references site (id) on delete cascade,
    hours   jsonb not null
);

-- Whether the customer waits since a time at which nobody was there, and whether it was so when the conversation began.
alter table conversation add column outside_hours boolean not null default false;
alter table conversation add column begun_outside_hours boolean not null default false;
