-- Personal data is masked when a text is stored for learning. What was stored before that, and what a node of the
-- version before still stores beside this one, is masked by every node in the background: the rows that say false.
alter table impression add column masked boolean not null default false;
alter table decision add column masked boolean not null default false;
alter table example add column masked boolean not null default false;
alter table answered_question add column masked boolean not null default false;

create index impression_unmasked on impression (id) where not masked;
create index decision_unmasked on decision (id) where not masked;
create index example_unmasked on example (id) where not masked;
create index answered_question_unmasked on answered_question (id) where not masked;
