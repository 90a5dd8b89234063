-- What was shown to agents, what they did with it, and the labelled examples that follow.

create table impression (
    id                 uuid primary key,
    conversation_id    uuid        not null references conversation (id) on delete cascade,
    -- Sequence of the newest customer message that this answers.
    trigger_sequence   bigint      not null,
    query              text        not null,
    question           text        not null,
    model_id           uuid references model_version (id),
    knowledge_revision bigint      not null,
    candidate_count    int         not null,
    shown_count        int         not null,
    took_millis        double precision not null,
    created_at         timestamptz not null default now(),
    unique (conversation_id, trigger_sequence)
);

create table impression_candidate (
    impression_id uuid not null references impression (id) on delete cascade,
    position      int  not null check (position > 0),
    reply_id      uuid not null references reply (id),
    reply_version int  not null,
    first_stage   double precision not null,
    memory        double precision not null,
    model_logit   double precision,
    probability   double precision not null,
    shown         boolean not null,
    primary key (impression_id, position)
);

create table decision (
    -- The client UUID of the agent's send or reject.
    id              uuid primary key,
    impression_id   uuid        not null references impression (id) on delete cascade,
    conversation_id uuid        not null references conversation (id) on delete cascade,
    agent_id        uuid        not null references agent_account (id),
    outcome         text        not null check (outcome in ('sent', 'edited', 'rejected', 'own-text')),
    reply_id        uuid references reply (id),
    position        int,
    reason          text,
    text_sent       text,
    edit_distance   int,
    created_at      timestamptz not null default now()
);
create unique index decision_one_answer on decision (impression_id) where outcome <> 'rejected';
create unique index decision_one_rejection on decision (impression_id, reply_id) where outcome = 'rejected';
create index decision_conversation on decision (conversation_id);

create table example (
    id              bigint generated always as identity primary key,
    decision_id     uuid        not null references decision (id) on delete cascade,
    impression_id   uuid        not null references impression (id) on delete cascade,
    conversation_id uuid        not null references conversation (id) on delete cascade,
    query           text        not null,
    reply_id        uuid references reply (id),
    reply_text      text        not null,
    label           double precision not null check (label between 0 and 1),
    excluded        boolean     not null default false,
    created_at      timestamptz not null default now()
);
create index example_conversation on example (conversation_id);
create unique index example_once on example (decision_id, reply_text);
