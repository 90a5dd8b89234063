-- Finds what older rules have masked, once for each table.
drop index concurrently if exists impression_masked_by;
create index concurrently impression_masked_by on impression (masked_by, id);
drop index concurrently if exists decision_masked_by;
create index concurrently decision_masked_by on decision (masked_by, id);
drop index concurrently if exists example_masked_by;
create index concurrently example_masked_by on example (masked_by, id);
drop index concurrently if exists answered_question_masked_by;
create index concurrently answered_question_masked_by on answered_question (masked_by, id);
