package io.replyloop.conversation;

import io.replyloop.conversation.InboxOrder.Part;
import io.replyloop.platform.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a page of the inbox ended: in which part of it, and at which line. */
record InboxCursor(int part, Instant at, UUID id) {
    static String after(Part part, ConversationSummary last) {
        Instant at = switch (part.key()) {
            case WAITING_SINCE -> last.waitingSince();
            case UPDATED_AT -> last.updatedAt();
            case SNOOZED_UNTIL -> last.triage().snoozedUntil();
        };
        return Cursor.encode(part.name(), at.toString(), last.id().toString());
    }

    /** @param parts of the list that is asked for; a cursor of another one is refused */
    static InboxCursor decode(String text, List<Part> parts) {
        List<String> read = Cursor.decode(text, 3).parts();
        try {
            for (int part = 0; part < parts.size(); part++) {
                if (parts.get(part).name().equals(read.get(0))) {
                    return new InboxCursor(part, Instant.parse(read.get(1)), UUID.fromString(read.get(2)));
                }
            }
        } catch (DateTimeException | IllegalArgumentException madeUp) {
            throw Cursor.madeUp(madeUp);
        }
        throw Cursor.madeUp(null);
    }
}
