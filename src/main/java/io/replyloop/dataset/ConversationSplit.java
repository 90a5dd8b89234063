package io.replyloop.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Divides conversations into those to train on and those held out. A hash of the id decides, so a conversation is on the
 * same side in every version of the dataset and no model is ever measured on what an earlier one has learned.
 *
 * <p>As long as there are so few that one side would be empty, the nearest to the border changes sides. A single
 * conversation is trained on.
 */
final class ConversationSplit {
    static final double HELD_OUT = 0.2;

    private ConversationSplit() {}

    /** Those that are held out. */
    static Set<UUID> heldOut(Collection<UUID> conversations) {
        List<UUID> byPlace = conversations.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(ConversationSplit::place))
                .toList();
        if (byPlace.size() < 2) {
            return Set.of();
        }
        long below = byPlace.stream().filter(id -> place(id) < HELD_OUT).count();
        long size = Math.max(1, Math.min(below, byPlace.size() - 1));
        return new HashSet<>(byPlace.subList(0, (int) size));
    }

    /** From 0 to 1, evenly, and the same on every machine. */
    static double place(UUID conversation) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(conversation.toString().getBytes(StandardCharsets.US_ASCII));
            return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) / 0x1p32;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
