-- Admins who want a mail when a training run has ended, and in which language.
create table run_mail_wish (
    account_id uuid primary key references agent_account (id),
    language   text        not null,
    since      timestamptz not null default now()
);
