-- A text is masked by the rules of its day, and rules get better: by which ones, so that what older rules have masked
-- is masked again in the background. 0 are all rules before they were numbered, and whatever a node of the version
-- before writes beside this one. Such a node goes by the column masked alone, which a later release takes away.
alter table impression add column masked_by smallint not null default 0;
alter table decision add column masked_by smallint not null default 0;
alter table example add column masked_by smallint not null default 0;
alter table answered_question add column masked_by smallint not null default 0;
