-- Of those that are there, as far as is known: when their conversation began. Some ten thousand rows at most, no lock but theirs.
update past_example e set said_at = c.started_at from history_conversation c
    where c.id = e.conversation_id and e.said_at is null and c.started_at is not null;
