-- A dataset version keeps what it was made of: its texts and a hash of them. Only erasure changes it, and newer rules that
-- mask personal data; the hashes stay those of what was frozen. Versions from before have their rows in dataset_example
-- alone, which is still written for workers of the version before; it goes a release later.
create table snapshot_example (
    id              bigint generated always as identity primary key,
    -- No references: what was frozen stays when the example, the reply or the conversation go.
    example_id      bigint           not null,
    conversation_id uuid             not null,
    impression_id   uuid             not null,
    reply_id        uuid,
    query           text,
    reply_text      text,
    label           double precision not null,
    content_hash    bytea            not null,
    masked          boolean          not null default true,
    masked_by       smallint         not null,
    erased_at       timestamptz,
    unique (example_id, content_hash),
    check ((erased_at is null) = (query is not null)),
    check ((query is null) = (reply_text is null))
);
create index snapshot_example_conversation on snapshot_example (conversation_id);
create index snapshot_example_masked_by on snapshot_example (masked_by, id);

create table dataset_part (
    dataset_id          uuid   not null references dataset_version (id) on delete cascade,
    snapshot_example_id bigint not null references snapshot_example (id),
    -- Left out is what nearly repeats a question of the test part.
    split               text   not null check (split in ('train', 'dev', 'test', 'left-out')),
    primary key (dataset_id, snapshot_example_id)
);
create index dataset_part_snapshot on dataset_part (snapshot_example_id);

-- What a conversation is for, decided once: what has measured a model never teaches one.
create table dataset_side (
    conversation_id uuid primary key references conversation (id) on delete cascade,
    side            text        not null check (side in ('train', 'dev', 'test')),
    created_at      timestamptz not null default now()
);

alter table dataset_version add column test_size int not null default 0;
alter table dataset_version add column left_out int not null default 0;
alter table dataset_version add column content_hash text;

create function refuse_change_of_snapshot() returns trigger language plpgsql as $$
begin
    if (new.id, new.example_id, new.conversation_id, new.impression_id, new.reply_id, new.label, new.content_hash)
            is distinct from
            (old.id, old.example_id, old.conversation_id, old.impression_id, old.reply_id, old.label, old.content_hash) then
        raise exception 'a snapshot does not change';
    end if;
    if new.erased_at is null and new.masked_by <= old.masked_by
            and (new.query, new.reply_text) is distinct from (old.query, old.reply_text) then
        raise exception 'the texts of a snapshot change by erasure and by newer rules of masking alone';
    end if;
    if old.erased_at is not null
            and (new.erased_at, new.query, new.reply_text) is distinct from (old.erased_at, old.query, old.reply_text) then
        raise exception 'what was erased does not come back';
    end if;
    return new;
end $$;
create trigger snapshot_example_stays before update on snapshot_example
    for each row execute function refuse_change_of_snapshot();
