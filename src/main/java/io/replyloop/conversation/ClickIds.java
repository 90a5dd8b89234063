package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Optional;
import java.util.UUID;

/**
 * The ids that clicks on offered answers have: the beginning of the id of the conversation, and the number of the message
 * that offers them. Nobody else may use one up, because the button would then do nothing.
 */
final class ClickIds {
    private static final long NUMBER = 0xFFFF_FFFF_FFFFL;

    /** No conversation is as long; so the ids of everything else, which are random, are hardly ever looked up. */
    private static final long BEYOND = 1L << 32;

    private ClickIds() {}

    /** For whoever is not the customer. */
    static void requireNone(UUID id) {
        if (conversationOf(id).isPresent()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This id is kept for a click on an offered answer; make a random one for each act.");
        }
    }

    /** For a customer, whose click is meant for the conversation with the button, and for none that was begun meanwhile. */
    static void requireNoneElsewhere(UUID id, UUID conversation) {
        if (conversationOf(id).filter(meant -> !meant.equals(conversation)).isPresent()) {
            throw new Problem(
                    ProblemCode.CONFLICT, "This answers a question of an earlier conversation; write it as a message.");
        }
    }

    private static Optional<UUID> conversationOf(UUID id) {
        long rest = id.getLeastSignificantBits() & NUMBER;
        long beginning = id.getLeastSignificantBits() & ~NUMBER;
        if (rest >= BEYOND) {
            return Optional.empty();
        }
        return Conversation.startingWith(
                new UUID(id.getMostSignificantBits(), beginning),
                new UUID(id.getMostSignificantBits(), beginning | NUMBER));
    }
}
