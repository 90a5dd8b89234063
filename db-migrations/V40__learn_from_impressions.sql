-- Which model ranked, in people's numbering; and whether it did, or the first stage had to (no model, a full queue).
alter table impression add column model_number bigint not null default 0;
alter table impression add column ranked_by text not null default 'cross-encoder';

alter table decision add column comment text;

-- An index entry holds at most 2,704 bytes, and a reply may be longer.
drop index example_once;
create unique index example_once on example (decision_id, md5(reply_text));
create index example_impression on example (impression_id);
create index dataset_example_example on dataset_example (example_id);
create index impression_candidate_shown on impression_candidate (reply_id) where shown;
create index decision_reply on decision (reply_id);
