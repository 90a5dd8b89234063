-- Examples of conversations from before are excluded and corrected as others are.
alter table past_example
    -- What the import said; null while nobody has corrected it.
    add column original_label double precision,
    add column excluded       boolean not null default false,
    -- Counts changes by people, so that two who correct the same example notice each other.
    add column version        int     not null default 0;
