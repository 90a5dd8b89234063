package io.replyloop.retrieval;

import java.util.UUID;

/**
 * A reply as it is sent to customers.
 *
 * @param meaning the embedding of title and text ({@link ReplyVector}); null if they have not been encoded
 */
public record IndexedReply(UUID id, String title, String text, String language, float[] meaning) {
    public IndexedReply(UUID id, String title, String text, String language) {
        this(id, title, text, language, null);
    }
}
