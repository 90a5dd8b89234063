-- What a text means, as an encoder tells it: computed once by whichever node needs it first, and shared by all. A vector
-- is its largest absolute number as a float of four bytes, then a signed byte for each number as a share of that.

-- The encoders whose vectors are here. What none has used for long is deleted, and its vectors with it.
create table text_encoder (
    version text primary key,
    used_at timestamptz not null default now()
);

create table reply_vector (
    encoder  text   not null references text_encoder (version) on delete cascade,
    reply_id uuid   not null references reply (id) on delete cascade,
    -- Of the reply, whose text it is of.
    version  int    not null,
    vector   bytea  not null,
    primary key (encoder, reply_id)
);
create index reply_vector_reply on reply_vector (reply_id);

create table question_vector (
    encoder     text   not null references text_encoder (version) on delete cascade,
    question_id bigint not null references answered_question (id) on delete cascade,
    vector      bytea  not null,
    primary key (encoder, question_id)
);
create index question_vector_question on question_vector (question_id);

-- What is said against a reply at once counts at once: the questions for which agents rejected a suggestion.
create table rejected_question (
    id         bigint generated always as identity primary key,
    reply_id   uuid        not null references reply (id) on delete cascade,
    -- Of the reply, as it was: another text is not to blame.
    reply_version int      not null default 0,
    decision   uuid        not null unique references decision (id) on delete cascade,
    question   text        not null,
    context    text        not null default '',
    revision   bigint      not null,
    masked     boolean     not null default true,
    -- By which rules of masking (V59).
    masked_by  smallint    not null default 0
);
create index rejected_question_masked_by on rejected_question (masked_by, id);
create index rejected_question_revision on rejected_question (revision);
create index rejected_question_reply on rejected_question (reply_id);

create table rejected_question_vector (
    encoder     text   not null references text_encoder (version) on delete cascade,
    question_id bigint not null references rejected_question (id) on delete cascade,
    vector      bytea  not null,
    primary key (encoder, question_id)
);
create index rejected_question_vector_question on rejected_question_vector (question_id);

-- How near the meaning of a candidate was to that of the question, how much answered questions knew of the moment, its
-- share among all replies, whether the encoder has read less of the language, and the word that agents saw; the words of
-- another model begin at other probabilities.
alter table impression_candidate
    add column meaning double precision not null default 0,
    add column known double precision not null default 0,
    add column share double precision not null default 0,
    add column unfamiliar double precision not null default 0,
    add column confidence text;

-- Tells databases apart: what a node keeps on its disk beside revisions of one is of no use with another.
alter table knowledge_revision add column installation uuid not null default gen_random_uuid();
