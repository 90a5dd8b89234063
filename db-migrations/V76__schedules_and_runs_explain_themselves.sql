-- Schedules that count decisions, quiet hours, limits of runs, what came of each planned start, phases and logs of runs.

-- The older column stays for the version before; this one is what is read. 'changed_at' is null until an admin saves.
alter table training_schedule
    add column minimum_decisions int not null default 50,
    -- Wall clock of the time zone, such as 08:30; both or none.
    add column quiet_from        text,
    add column quiet_until       text,
    add column maximum_minutes   int,
    add column cores             int,
    add column changed_at        timestamptz;

-- As many decisions as made that many examples so far: up to eight each. Where there is nothing yet, 50 decisions.
update training_schedule
   set minimum_decisions = greatest(1, round(minimum_examples
           / (select count(*)::numeric / count(distinct decision_id) from example)))
 where exists (select 1 from example);
update training_schedule set changed_at = now() where enabled or cron <> '0 3 * * *' or time_zone <> 'UTC';

-- What came of each planned start; the newest 20 are kept.
create table training_schedule_outcome (
    id         bigint generated always as identity primary key,
    planned_at timestamptz not null,
    looked_at  timestamptz not null default now(),
    outcome    text        not null check (outcome in ('started', 'too-few-new', 'too-little', 'run-active', 'no-model',
                                                       'refused', 'interrupted')),
    -- Planned times, this one included, that had passed when somebody looked.
    missed     int         not null default 0,
    run_id     uuid references training_run (id) on delete set null,
    run_number bigint,
    have       bigint,
    need       bigint,
    rule       text
);

alter table training_run
    add column phase            text check (phase in ('preparing', 'training', 'evaluating')),
    add column maximum_minutes  int,
    add column cores            int,
    -- Of all attempts together, waiting in the queue not counted.
    add column spent_seconds    double precision not null default 0,
    -- Counts of what the run learns from, as they were when it was queued.
    add column trained_on       jsonb,
    add column rejected_at      timestamptz,
    add column rejected_by      uuid references agent_account (id),
    add column rejection_reason text;

-- The worker's own lines, masked and bounded; the whole is in the worker's log file.
create table training_log (
    run_id  uuid        not null references training_run (id) on delete cascade,
    number  bigint      not null,
    at      timestamptz not null default now(),
    attempt int         not null,
    text    text        not null,
    primary key (run_id, number)
);
