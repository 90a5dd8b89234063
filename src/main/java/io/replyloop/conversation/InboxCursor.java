package io.replyloop.conversation;

import io.replyloop.platform.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a page of the inbox ended: among those who wait, or among the others, which come after them. */
record InboxCursor(boolean isAmongWaiting, Instant at, UUID id) {
    static final InboxCursor START = new InboxCursor(true, null, null);

    private static final String WAITING = "waiting";
    private static final String CHANGED = "changed";

    static InboxCursor after(ConversationSummary last, boolean byWaiting) {
        boolean waiting = byWaiting && last.waitingSince() != null;
        return new InboxCursor(waiting, waiting ? last.waitingSince() : last.updatedAt(), last.id());
    }

    static InboxCursor decode(String text) {
        List<String> parts = Cursor.decode(text, 3).parts();
        try {
            if (List.of(WAITING, CHANGED).contains(parts.get(0))) {
                return new InboxCursor(
                        parts.get(0).equals(WAITING), Instant.parse(parts.get(1)), UUID.fromString(parts.get(2)));
            }
        } catch (DateTimeException | IllegalArgumentException madeUp) {
            throw Cursor.madeUp(madeUp);
        }
        throw Cursor.madeUp(null);
    }

    String encode() {
        return Cursor.encode(isAmongWaiting ? WAITING : CHANGED, at.toString(), id.toString());
    }

    boolean isStart() {
        return id == null;
    }
}
