-- Corrections of examples. The label that counts stays in 'label', where the version before reads it, too.
alter table example
    -- What the decision said; null while nobody has corrected it.
    add column original_label double precision check (original_label between 0 and 1),
    -- Counts changes by people, so that two who correct the same example notice each other.
    add column version        int not null default 0;

-- What people have done to examples. Rows of one act have one 'act'; they stay as they are, and go with the conversation of
-- their example, when its customer is erased.
create table curation_act (
    id         bigint generated always as identity primary key,
    act        uuid        not null,
    kind       text        not null check (kind in ('corrected', 'excluded', 'included', 'commented', 'undone')),
    example_id bigint      not null,
    conversation_id uuid   not null,
    by_id      uuid        not null references agent_account (id),
    at         timestamptz not null default clock_timestamp(),
    -- Label, exclusion and what the memory of answered questions had of the decision.
    before     jsonb,
    after      jsonb,
    comment    text,
    masked     boolean     not null default true,
    masked_by  smallint    not null default 0,
    -- The act that this one takes back.
    undoes     uuid
);
create index curation_act_act on curation_act (act);
create index curation_act_example on curation_act (example_id);
create index curation_act_conversation on curation_act (conversation_id);
create index curation_act_undoes on curation_act (undoes) where undoes is not null;
create index curation_act_masked_by on curation_act (masked_by, id);

create function refuse_change_of_curation_act() returns trigger language plpgsql as $$
begin
    if (new.id, new.act, new.kind, new.example_id, new.conversation_id, new.by_id, new.at, new.before, new.after, new.undoes)
            is distinct from
            (old.id, old.act, old.kind, old.example_id, old.conversation_id, old.by_id, old.at, old.before, old.after, old.undoes)
            or new.comment is distinct from old.comment and new.masked_by <= old.masked_by then
        raise exception 'what was done to an example stays as it was; only newer rules of masking change its comment';
    end if;
    return new;
end $$;
create trigger curation_act_stays before update on curation_act
    for each row execute function refuse_change_of_curation_act();

-- What a search finds an example by. The parser takes a row of Chinese characters for one word, and keeps what stands
-- between some punctuation marks together: so each character stands alone, and punctuation is a space.
create function example_words(query text, reply text) returns tsvector
    language sql immutable parallel safe as $$
    select to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(
        translate(query || ' ' || reply, '-./:@_+&%#=~''"<>()[]{}|\^*,;!?$`', '                                   '),
        '([㐀-鿿豈-﫿])', ' \1 ', 'g'))
$$;

-- What was found when the examples were last looked through; each look replaces the one before.
create table curation_look (
    id             uuid primary key,
    at             timestamptz not null default clock_timestamp(),
    examples       int         not null,
    questions      int         not null,
    -- Whether older examples were left out, because there are more than are looked through.
    cut            boolean     not null,
    -- By which vectors questions were compared; null where there was no encoder.
    encoder        text,
    -- What came after these was not looked at.
    newest_example bigint      not null,
    newest_act     bigint      not null
);

create table curation_finding (
    look_id     uuid   not null references curation_look (id) on delete cascade,
    queue       text   not null check (queue in ('contradiction', 'near-repeat', 'label-error', 'rejected')),
    -- Examples that belong together.
    item        uuid   not null,
    place       int    not null,
    example_id  bigint not null,
    -- Of the example, when it was looked at.
    version     int    not null,
    -- That the reply fits, by what other conversations have taught.
    probability double precision,
    primary key (queue, item, example_id)
);
create index curation_finding_example on curation_finding (example_id);
create index curation_finding_look on curation_finding (look_id);

-- What somebody has looked at and found right: it is not shown in that queue again.
create table curation_settled (
    queue      text        not null check (queue in ('contradiction', 'near-repeat', 'label-error', 'rejected')),
    example_id bigint      not null,
    by_id      uuid        not null references agent_account (id),
    at         timestamptz not null default clock_timestamp(),
    primary key (queue, example_id)
);
create index curation_settled_example on curation_settled (example_id);
