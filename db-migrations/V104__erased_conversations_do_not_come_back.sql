-- Conversations that were erased, of customers and of imported history: examples of them are not imported again from a file
-- that was exported before. Their ids alone, which name nobody once the conversation is gone.
create table erased_conversation (
    id uuid primary key,
    erased_at timestamptz not null default now()
);
