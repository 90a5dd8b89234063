package io.replyloop.draft;

import java.util.UUID;

/**
 * What a draft was made from: a suggestion, a canned reply, or one that was searched for.
 *
 * @param impression of a suggestion; otherwise null
 * @param text of the reply as it was put into the editor; null where the client does not tell
 * @param source suggestion, canned or search; null where the client does not tell
 * @param search what was typed to find it
 */
public record DraftOrigin(UUID impression, UUID reply, String title, String text, String source, String search) {
    public static final int LONGEST_TITLE = 500;
    public static final int LONGEST_TEXT = 16_000;
}
