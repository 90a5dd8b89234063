-- The resolved list and its count, without the conversations of other desks, of which there may be many more.
drop index concurrently if exists conversation_resolved_here;
create index concurrently conversation_resolved_here on conversation (updated_at desc, id)
    where status = 'resolved' and not elsewhere;
