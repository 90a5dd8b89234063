package io.replyloop.history;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;

/**
 * About how much memory is taken by what has to be held of a file until its end. Many small messages take far more of it than
 * their texts do, so bytes are counted and not messages; whatever is too much is refused before the memory is full.
 */
final class HeldMemory {
    /** Beside the texts: of a message with its time, of a conversation with its lists, of a name in one of these. */
    static final int MESSAGE = 200;

    static final int CONVERSATION = 600;
    static final int NAME = 100;

    /** Of the heap, where nobody says otherwise: others work beside an import. */
    private static final int SHARE = 5;

    private long left;

    HeldMemory(HistoryConfig config) {
        left = config.heldMemory().orElse(Runtime.getRuntime().maxMemory() / SHARE);
    }

    void take(int object, String text) {
        left -= object + 2L * text.length();
        if (left < 0) {
            throw new Problem(
                    ProblemCode.IMPORT_INVALID,
                    "This file needs more memory than the server gives to an import. Split it, so that each conversation"
                            + " is in one part, and import the parts one after the other; or give the server more memory.");
        }
    }
}
