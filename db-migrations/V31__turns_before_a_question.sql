-- The turns before the question and its context, a line each with the mark of who wrote it, oldest first: where in a
-- conversation a question stands says much about its answer. Empty in older rows and in imports.
alter table answered_question add column earlier text not null default '';
