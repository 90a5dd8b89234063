-- Conversations from before: what was read of a file, masked; what agents wrote in them, as drafts of replies.

create table history_import (
    id           uuid primary key,
    number       bigint generated always as identity,
    file_name    text        not null,
    -- How the file is read: its format and, where somebody had to say so, its columns.
    reading      jsonb       not null,
    state        text        not null check (state in ('reading', 'analysing', 'ready', 'importing', 'imported',
                                                       'cancelled', 'failed', 'undone')),
    report       jsonb       not null default '{}',
    problem      text,
    -- Of what goes on now.
    step         text        not null default 'reading',
    done         bigint      not null default 0,
    total        bigint      not null default 0,
    step_since   timestamptz not null default now(),
    -- With which ids of the file are hashed.
    salt         uuid        not null default gen_random_uuid(),
    -- The node that works on it, and until when nobody else does.
    worker       uuid,
    lease_until  timestamptz,
    -- How often a node has begun with what is to be done now.
    attempts     int         not null default 0,
    created_by   uuid references agent_account (id),
    created_at   timestamptz not null default now(),
    finished_at  timestamptz
);
create index history_import_newest on history_import (number desc);

create table history_conversation (
    id           uuid primary key,
    import_id    uuid        not null references history_import (id) on delete cascade,
    -- In the file, from 0.
    place        int         not null,
    -- Hashes: of the ids that the other program gave, and of id and content, by which a conversation is known again.
    external_key text        not null,
    -- All ids and addresses of its customers.
    customer_keys text[]      not null,
    content_key  text        not null unique,
    -- A line for each message, which begins with the mark of who wrote it.
    messages     text        not null,
    started_at   timestamptz,
    masked       boolean     not null default true,
    masked_by    smallint    not null,
    unique (import_id, place)
);
create index history_conversation_external on history_conversation (external_key);
create index history_conversation_customer on history_conversation using gin (customer_keys);
create index history_conversation_masked_by on history_conversation (masked_by, id);

-- What agents' wordings mean, while they are put into groups.
create table history_vector (
    import_id uuid  not null references history_import (id) on delete cascade,
    wording   text  not null,
    encoder   text  not null,
    vector    bytea not null,
    primary key (import_id, wording)
);

create table history_draft (
    id           uuid primary key,
    import_id    uuid        not null references history_import (id) on delete cascade,
    -- The one that would have been used most is the first.
    place        int         not null,
    title        text        not null,
    text         text        not null,
    language     text        not null,
    small_talk   boolean     not null,
    uses         int         not null,
    state        text        not null check (state in ('open', 'written', 'discarded')),
    reply_id     uuid references reply (id) on delete set null,
    -- Whose words the text is.
    conversation_id uuid references history_conversation (id) on delete set null,
    -- Whose question the title is.
    asked_in     uuid references history_conversation (id) on delete set null,
    masked       boolean     not null default true,
    masked_by    smallint    not null
);
create index history_draft_place on history_draft (import_id, state, place, id);
create index history_draft_conversation on history_draft (conversation_id);
create index history_draft_asked_in on history_draft (asked_in);
create index history_draft_reply on history_draft (reply_id);
create index history_draft_masked_by on history_draft (masked_by, id);

-- What agents wrote that became a draft, or said what a reply says.
create table history_answer (
    conversation_id uuid not null references history_conversation (id) on delete cascade,
    turn            int  not null,
    draft_id        uuid references history_draft (id) on delete set null,
    reply_id        uuid references reply (id) on delete cascade,
    -- How typical of the draft, from 0.
    place           int  not null default 0,
    primary key (conversation_id, turn)
);
create index history_answer_draft on history_answer (draft_id, place);
create index history_answer_reply on history_answer (reply_id) where reply_id is not null;
