-- Questions that two models answer differently, and whether a better model is promoted without being asked.
create table flipped_case (
    run_id          uuid    not null references training_run (id) on delete cascade,
    position        int     not null check (position > 0),
    -- No references: a verdict stays when the conversation goes; its texts do not.
    conversation_id uuid    not null,
    impression_id   uuid    not null,
    better          boolean not null,
    question        text,
    content         jsonb,
    erased_at       timestamptz,
    primary key (run_id, position),
    check ((erased_at is null) = (question is not null))
);
create index flipped_case_conversation on flipped_case (conversation_id);

create table promotion_policy (
    id        boolean primary key default true check (id),
    automatic boolean not null default false,
    -- In whose name models are promoted.
    changed_by uuid references agent_account (id)
);
insert into promotion_policy default values;

-- What became of a run's model by itself: null until somebody has looked.
alter table training_run add column promotion text;
alter table training_run add constraint training_run_promotion
    check (promotion in ('promoted', 'overtaken', 'by-hand')) not valid;
