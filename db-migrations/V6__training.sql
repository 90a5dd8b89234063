-- Frozen dataset versions, training runs and their schedule.

create table dataset_version (
    id         uuid primary key,
    number     bigint generated always as identity unique,
    train_size int         not null,
    dev_size   int         not null,
    created_at timestamptz not null default now()
);

create table dataset_example (
    dataset_id uuid   not null references dataset_version (id) on delete cascade,
    example_id bigint not null references example (id) on delete cascade,
    split      text   not null check (split in ('train', 'dev')),
    primary key (dataset_id, example_id)
);

create table training_schedule (
    id               boolean primary key default true check (id),
    enabled          boolean not null default false,
    cron             text    not null default '0 3 * * *',
    time_zone        text    not null default 'UTC',
    minimum_examples int     not null default 50,
    next_fire_at     timestamptz
);
insert into training_schedule default values;

create table training_run (
    id              uuid primary key,
    number          bigint generated always as identity unique,
    status          text        not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    trigger         text        not null check (trigger in ('manual', 'schedule')),
    requested_by    uuid references agent_account (id),
    base_model_id   uuid        not null references model_version (id),
    dataset_id      uuid        not null references dataset_version (id),
    options         jsonb       not null default '{}',
    worker          text,
    attempt         int         not null default 0,
    heartbeat_at    timestamptz,
    cancel_requested boolean    not null default false,
    step            int         not null default 0,
    steps           int         not null default 0,
    seconds_left    double precision,
    result_model_id uuid references model_version (id),
    metrics         jsonb       not null default '{}',
    error           text,
    created_at      timestamptz not null default now(),
    started_at      timestamptz,
    finished_at     timestamptz
);
create index training_run_queue on training_run (status, created_at);

create table training_point (
    run_id           uuid not null references training_run (id) on delete cascade,
    step             int  not null,
    loss             double precision not null,
    learning_rate    double precision not null,
    pairs_per_second double precision not null,
    dev_metrics      jsonb,
    at               timestamptz not null default now(),
    primary key (run_id, step)
);
