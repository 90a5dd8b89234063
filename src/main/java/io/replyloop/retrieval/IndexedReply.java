package io.replyloop.retrieval;

import java.util.UUID;

/**
 * A reply as customers may get it.
 *
 * @param meaning the vector of title and text ({@link ReplyVector}); null where no encoder has read them
 */
public record IndexedReply(UUID id, String title, String text, String language, float[] meaning) {
    public IndexedReply(UUID id, String title, String text, String language) {
        this(id, title, text, language, null);
    }
}
