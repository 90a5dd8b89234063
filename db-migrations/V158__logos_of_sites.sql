-- What customers see of a team before they write: made anew from what an admin uploads, and small.
create table site_logo (
    site_id    uuid primary key references site (id) on delete cascade,
    -- SHA-256 of the picture, by which it is fetched: another picture has another address.
    hash       text    not null check (hash ~ '^[0-9a-f]{64}$'),
    media_type text    not null check (media_type in ('image/png', 'image/jpeg')),
    width      integer not null,
    height     integer not null,
    picture    bytea   not null
);
create index site_logo_hash on site_logo (hash);
