-- Teams, to which conversations can be handed over. A small installation has none.
create table team (
    id            uuid        primary key,
    name          text        not null check (name <> ''),
    -- Whether its waiting conversations are given out in turn, and for how many seconds one may stay unopened.
    round_robin   boolean     not null default false,
    accept_within integer     not null default 60 check (accept_within between 10 and 3600),
    created_at    timestamptz not null default now(),
    -- A closed one takes nothing more, and is kept for the name of what it has done.
    closed_at     timestamptz
);
create unique index team_name on team (lower(name)) where closed_at is null;

create table team_member (
    team_id  uuid not null references team (id) on delete cascade,
    agent_id uuid not null references agent_account (id) on delete cascade,
    primary key (team_id, agent_id)
);
create index team_member_agent on team_member (agent_id);

-- Where the new conversations of a site go; one without a row leaves them to whoever takes them.
create table site_routing (
    site_id       uuid    primary key references site (id) on delete cascade,
    team_id       uuid    references team (id),
    -- For conversations that belong to no team.
    round_robin   boolean not null default false,
    accept_within integer not null default 60 check (accept_within between 10 and 3600)
);

-- The team whose queue it stands in, whoever holds it. Teams are never deleted.
alter table conversation add column team_id uuid;

-- The team that a change of assignee has given the conversation to; null where it was left as it was.
alter table conversation_event add column team_id uuid;
alter table conversation_event add column team_name text;
