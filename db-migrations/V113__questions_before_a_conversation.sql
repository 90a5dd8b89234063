-- What a site asks before a conversation begins, as an admin has written it; a site without a row asks nothing.
create table site_form (
    site_id uuid primary key references site (id) on delete cascade,
    form    jsonb not null
);

-- What a customer answered, with the questions as they stood there. It goes with the customer.
create table customer_form (
    customer_id uuid primary key references customer (id) on delete cascade,
    answers     jsonb       not null,
    filled_at   timestamptz not null default now()
);
