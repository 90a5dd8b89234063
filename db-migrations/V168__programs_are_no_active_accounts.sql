-- As V165 has asked of new rows.
alter table agent_account validate constraint agent_account_program_inactive;
