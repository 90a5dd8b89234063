-- Where a customer was last seen: the newest page alone, and browser and system in words. It goes with the customer.
create table customer_visit (
    customer_id uuid primary key references customer (id) on delete cascade,
    -- Without query and fragment.
    page        text,
    -- The tag of the browser's language.
    language    text,
    browser     text,
    system      text,
    seen_at     timestamptz not null default now()
);

-- An agent has corrected it, which a form does not undo.
alter table customer
    add column name_by_team boolean not null default false,
    add column email_by_team boolean not null default false;
