package io.replyloop.erasure;

import java.time.Instant;

/** Conversations from before, which belong to no customer of this installation. */
public interface ImportedConversations {
    /** How many began before that; of those without a time, how many came before. */
    long begunBefore(Instant time);

    /**
     * Deletes the oldest of them and all that was learned from them.
     *
     * @return how many; 0 where none is left
     */
    int forgetBegunBefore(Instant time);
}
