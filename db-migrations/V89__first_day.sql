-- Where a ranker that has learned nothing would have shown the reply with which an agent answered: what learning brought
-- is told by comparing with it. Numbers alone, and they go with the conversation.
create table first_day_rank (
    impression_id uuid primary key references impression (id) on delete cascade,
    -- Among those it would have shown, from 1; 0 where the reply is not there.
    place         int         not null check (place between 0 and 3),
    shown         int         not null check (shown between 0 and 3),
    ranked_at     timestamptz not null default now()
);
