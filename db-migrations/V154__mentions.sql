-- Whom a note names, as id and name of then; null for nobody.
alter table conversation_event add column mentions jsonb;
-- Agents whom notes of the conversation name, and those of them who have not seen the newest of these.
alter table conversation
    add column mentioned uuid[] not null default '{}',
    add column mention_unread uuid[] not null default '{}',
    add column last_mention_sequence bigint not null default 0;
