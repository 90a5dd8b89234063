-- Models that admins bring, and whose files are kept.
alter table model_version
    add column uploaded_by      uuid references agent_account (id),
    add column uploaded_file    text,
    add column archive_sha256   text,
    add column pinned           boolean not null default false,
    -- The row, its figures and its card stay.
    add column files_removed_at timestamptz;

-- By the policy, in the name of whoever has chosen it; unknown of older promotions.
alter table model_promotion add column automatic boolean;

create table model_retention (
    id            boolean primary key default true check (id),
    enabled       boolean not null default false,
    keep_newest   int     not null default 10 check (keep_newest between 1 and 1000),
    promoted_days int     not null default 365 check (promoted_days between 0 and 3650),
    changed_by    uuid references agent_account (id)
);
insert into model_retention default values;
