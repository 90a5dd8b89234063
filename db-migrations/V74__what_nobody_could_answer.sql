-- Groups of questions that nobody could answer, as far as an admin has decided something about them: that they are
-- nothing for the knowledge base, or that a reply is being written for them. The groups themselves are computed. A group
-- is known again by its questions, of which only references are kept: whoever erases them erases these.
create table gap (
    id         uuid primary key,
    state      text        not null check (state in ('set-aside', 'drafted')),
    reason     text        not null default '',
    reply_id   uuid references reply (id) on delete cascade,
    -- So many questions the group had then: it comes back when it has grown markedly since.
    questions  int         not null check (questions > 0),
    changed_by uuid references agent_account (id),
    created_at timestamptz not null default now(),
    constraint gap_has_a_reply_when_drafted check ((state = 'drafted') = (reply_id is not null))
);
create index gap_reply on gap (reply_id);

create table gap_question (
    gap_id        uuid not null references gap (id) on delete cascade,
    impression_id uuid not null references impression (id) on delete cascade,
    primary key (gap_id, impression_id)
);
create index gap_question_impression on gap_question (impression_id);
