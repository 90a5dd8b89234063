-- Which earlier version a version says again, where somebody has restored one.
alter table reply_version add column restored_from int;
