-- Short answers that customers may choose from, with a reply and with each of its versions.
alter table reply add column choices text[] not null default '{}';
alter table reply_version add column choices text[] not null default '{}';
