-- When somebody wants to look at a reply again; no change of its content, so it makes no version.
alter table reply add column review_on date;
