-- The team's replies, their versions, and the questions that each has answered.

create table reply (
    id          uuid primary key,
    -- The team's own name for a reply, kept through import and export.
    label       text,
    title       text        not null,
    text        text        not null,
    language    text        not null default 'en',
    categories  text[]      not null default '{}',
    shortcode   text,
    state       text        not null default 'draft' check (state in ('draft', 'published', 'archived')),
    version     int         not null default 1,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);
create unique index reply_shortcode on reply (lower(shortcode)) where shortcode is not null and state <> 'archived';
create index reply_state on reply (state, updated_at desc);
create index reply_label on reply (label);

create table reply_version (
    reply_id   uuid        not null references reply (id) on delete cascade,
    version    int         not null,
    title      text        not null,
    text       text        not null,
    language   text        not null,
    categories text[]      not null,
    shortcode  text,
    state      text        not null,
    changed_by uuid references agent_account (id),
    changed_at timestamptz not null default now(),
    primary key (reply_id, version)
);

create table answered_question (
    id         bigint generated always as identity primary key,
    reply_id   uuid        not null references reply (id) on delete cascade,
    question   text        not null,
    source     text        not null check (source in ('decision', 'import')),
    -- The decision or import line that it came from, so that a retry adds nothing.
    source_id  text        not null,
    created_at timestamptz not null default now(),
    unique (source, source_id)
);
create index answered_question_reply on answered_question (reply_id);

-- One row; grows with every change that retrieval must see, so that each node knows whether its index is current.
create table knowledge_revision (
    id       boolean primary key default true check (id),
    revision bigint not null
);
insert into knowledge_revision (revision) values (0);
