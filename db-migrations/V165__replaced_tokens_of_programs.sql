-- SHA-256 of the secret that the last renewal has ended, so that its use is still recognised.
alter table program_token add column replaced_hash bytea;

-- A version that knows no programs lists their accounts among the people, where they could be given a password.
alter table agent_account add constraint agent_account_program_inactive check (not (program and active)) not valid;
