-- Agents search messages and notes by their words. The words are made by the application, whose analysis knows Chinese,
-- which PostgreSQL's does not. Rows follow their messages a moment after these are stored.
create table searchable_message (
    conversation_id uuid        not null,
    sequence        bigint      not null,
    at              timestamptz not null,
    source          text        not null check (source in ('customer', 'team', 'note')),
    words           tsvector    not null,
    primary key (conversation_id, sequence),
    foreign key (conversation_id, sequence) references conversation_event (conversation_id, sequence) on delete cascade
);
create index searchable_message_words on searchable_message using gin (words);
create index searchable_message_at on searchable_message (at);

-- How far the messages that were there before have been read; one row.
create table search_progress (
    id              boolean     primary key default true check (id),
    -- The last one that was looked at, in the order of the messages' key; null before the first.
    conversation_id uuid,
    sequence        bigint,
    -- When that began; null before.
    began_at        timestamptz,
    -- When all were looked at; null until then. Newer ones are looked after again in case a node ended before it could.
    finished_at     timestamptz
);
insert into search_progress default values;
