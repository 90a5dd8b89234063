-- When each message of an imported conversation was written, in their order, as far as its file tells; and when the question
-- of an example was asked, which is not the day of the import.
alter table history_conversation add column said_at timestamptz[];
alter table past_example add column said_at timestamptz;
