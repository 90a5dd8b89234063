package io.replyloop.retrieval;

import java.util.UUID;

/** A published reply that somebody has looked for. */
public record LookedUp(UUID id, String title, String text, String category, String language) {
    static LookedUp of(Published reply) {
        return new LookedUp(reply.id(), reply.title(), reply.text(), reply.category(), reply.language());
    }
}
