-- How often all sessions of an account were ended, so that a sign-in that was under way meanwhile opens none.
create table session_end (
    account_id uuid   primary key references agent_account (id) on delete cascade,
    times      bigint not null default 0
);
