-- Examples from a file, such as another installation's export. They stand beside those of decisions, because these belong
-- to conversations of this installation; their ids are negative, so that one id means one example.
create table dataset_import (
    id          uuid primary key,
    file_name   text        not null,
    examples    int         not null,
    imported_by uuid        not null references agent_account (id),
    imported_at timestamptz not null default clock_timestamp(),
    undone_by   uuid references agent_account (id),
    undone_at   timestamptz
);

-- The conversations of those examples. No reference: they are another installation's, or of this one.
create table imported_conversation (
    id   uuid primary key,
    side text check (side in ('train', 'dev', 'test'))
);

create table imported_example (
    id              bigint generated always as identity (start with -1 increment by -1
                        minvalue -9223372036854775807 maxvalue -1) primary key,
    import_id       uuid        not null references dataset_import (id) on delete cascade,
    decision_id     uuid        not null,
    impression_id   uuid        not null,
    conversation_id uuid        not null references imported_conversation (id),
    query           text        not null,
    reply_id        uuid,
    reply_text      text        not null,
    label           double precision not null check (label between 0 and 1),
    original_label  double precision check (original_label between 0 and 1),
    excluded        boolean     not null,
    version         int         not null default 0,
    created_at      timestamptz not null,
    masked          boolean     not null default true,
    masked_by       smallint    not null,
    -- What the file says of where it comes from.
    source_id       text,
    agent_id        uuid,
    outcome         text,
    position        int,
    shown           boolean,
    model_number    bigint,
    reply_version   int
);
create unique index imported_example_once on imported_example (decision_id, md5(reply_text));
create index imported_example_conversation on imported_example (conversation_id);
create index imported_example_import on imported_example (import_id);
create index imported_example_masked_by on imported_example (masked_by, id);
create index imported_example_by_words on imported_example using gin (example_words(query, reply_text));
