-- What is kept of a decision: where the text came from, which version of the reply it is, how long the suggestions had been
-- on the agent's screen, and what the agent had typed before. Null in all rows from before, and where a console of the
-- version before tells nothing.
alter table decision add column source text;
alter table decision add column reply_version int;
alter table decision add column on_screen boolean;
alter table decision add column screen_millis bigint;
alter table decision add column typed text;
alter table decision add column search text;

-- A small share of the impressions may be shown in a random order, from which the agents' habit of reading from the top is
-- measured. The rank that the models gave a reply is kept beside its place on the screen where the two may differ.
alter table impression add column shuffled boolean not null default false;
alter table impression_candidate add column ranked_position int;
