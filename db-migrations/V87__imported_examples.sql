-- Examples from conversations that were imported: no agent decided there about suggestions, so there is no decision and no
-- impression. Their numbers are negative, beside those of the others in snapshots.
create table imported_example (
    id              bigint generated always as identity (start with -1 increment by -1) primary key,
    conversation_id uuid             not null,
    -- The same for the right reply and the wrong ones of one question.
    impression_id   uuid             not null,
    query           text             not null,
    reply_id        uuid references reply (id) on delete cascade,
    reply_text      text             not null,
    label           double precision not null check (label between 0 and 1),
    masked          boolean          not null default true,
    masked_by       smallint         not null,
    created_at      timestamptz      not null default now()
);
create index imported_example_conversation on imported_example (conversation_id);
create index imported_example_reply on imported_example (reply_id) where reply_id is not null;
create unique index imported_example_once on imported_example (impression_id, md5(reply_text));
create index imported_example_masked_by on imported_example (masked_by, id);

-- All that a snapshot may hold.
create view taught_example as
select id, conversation_id, impression_id, reply_id, query, reply_text, label, masked_by
from example where not excluded
union all
select id, conversation_id, impression_id, reply_id, query, reply_text, label, masked_by
from imported_example;
