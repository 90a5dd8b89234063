-- What a message or note carries, as its readers see it: id, name, type, size, and width and height of a picture.
alter table conversation_event add column attachments jsonb;
