-- A run makes way while customers wait.
alter table training_run
    add column standing_back      boolean          not null default false,
    -- Part of spent_seconds, over all attempts.
    add column stood_back_seconds double precision not null default 0;
