-- A model that ranks what customers ask beside the one that serves, and that nobody sees.
create table shadow (
    id          uuid primary key,
    model_id    uuid        not null references model_version (id) on delete cascade,
    -- The model that served when it began, and what it is compared with.
    champion_id uuid        not null references model_version (id) on delete cascade,
    started_by  uuid references agent_account (id),
    started_at  timestamptz not null default now(),
    ends_at     timestamptz not null,
    -- It ends sooner when so many of its questions are decided.
    decisions   int check (decisions between 1 and 5000),
    -- Questions that were left out because the server had more urgent things to do.
    busy        bigint      not null default 0,
    ended_at    timestamptz,
    ended_by    uuid references agent_account (id),
    end_reason  text check (end_reason in ('stopped', 'time', 'decisions', 'promoted', 'champion-changed', 'failed')),
    problem     text,
    check ((ended_at is null) = (end_reason is null))
);
create unique index shadow_one_at_a_time on shadow ((true)) where ended_at is null;
create index shadow_newest on shadow (started_at desc);
create index shadow_model on shadow (model_id);
create index shadow_champion on shadow (champion_id);

-- What it would have shown, best first. Ids and numbers alone; what customers wrote stands in the impression.
create table shadow_impression (
    shadow_id     uuid               not null references shadow (id) on delete cascade,
    impression_id uuid               not null references impression (id) on delete cascade,
    replies       uuid[]             not null,
    versions      int[]              not null,
    probabilities double precision[] not null,
    took_millis   double precision   not null,
    created_at    timestamptz        not null default now(),
    primary key (shadow_id, impression_id)
);
create index shadow_impression_impression on shadow_impression (impression_id);
