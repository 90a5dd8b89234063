-- Examples from conversations that were imported: no agent decided there about suggestions, so there is no decision and no
-- impression. Their numbers are far below those of examples from files, so that one number means one example in snapshots.
create table past_example (
    id              bigint generated always as identity (start with -1000000000000 increment by -1) primary key,
    conversation_id uuid             not null,
    -- The same for the right reply and the wrong ones of one question.
    impression_id   uuid             not null,
    query           text             not null,
    reply_id        uuid references reply (id) on delete cascade,
    reply_text      text             not null,
    -- Whose words that is, where it is a draft.
    said_in         uuid,
    label           double precision not null check (label between 0 and 1),
    masked          boolean          not null default true,
    masked_by       smallint         not null,
    created_at      timestamptz      not null default now()
);
create index past_example_conversation on past_example (conversation_id);
create index past_example_said_in on past_example (said_in) where said_in is not null;
create index past_example_reply on past_example (reply_id) where reply_id is not null;
create unique index past_example_once on past_example (impression_id, md5(reply_text));
create index past_example_masked_by on past_example (masked_by, id);
