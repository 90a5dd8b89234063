-- Short answers that an agent offers beneath a message, in their order; null where none are.
alter table conversation_event add column choices text[];
