package io.replyloop.retrieval;

import io.replyloop.retrieval.Meanings.UnreadReply;
import java.util.UUID;

/**
 * A published reply.
 *
 * @param sameAs equal for replies with the same text in the same language
 * @param order lower for older replies
 */
record Published(
        UUID id, int version, String title, String text, String sameAs, String language, String category, int order) {
    UnreadReply unread() {
        return new UnreadReply(id, version, title, text);
    }
}
