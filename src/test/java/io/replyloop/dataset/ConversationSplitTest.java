package io.replyloop.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConversationSplitTest {
    private final Random random = new Random(4);

    @Test
    void aFifthIsHeldOut() {
        int heldOut = ConversationSplit.heldOut(conversations(10_000)).size();

        assertTrue(heldOut > 1_850 && heldOut < 2_150, heldOut + " of 10,000");
    }

    @Test
    void aConversationStaysOnItsSideHoweverManyJoin() {
        Set<UUID> early = conversations(200);
        Set<UUID> late = new HashSet<>(early);
        late.addAll(conversations(2_000));

        Set<UUID> heldOutEarly = ConversationSplit.heldOut(early);
        Set<UUID> heldOutLate = ConversationSplit.heldOut(late);
        heldOutLate.retainAll(early);

        assertEquals(heldOutEarly, heldOutLate);
    }

    @Test
    void thePlaceOfAConversationNeverChangesWithTheProgram() {
        assertEquals(
                0.88280, ConversationSplit.place(UUID.fromString("0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11")), 0.00001);
    }

    @Test
    void aSingleConversationIsTrainedOn() {
        assertEquals(Set.of(), ConversationSplit.heldOut(List.of(placed(0, ConversationSplit.HELD_OUT))));
    }

    @Test
    void ofTwoConversationsEachSideGetsOne() {
        for (int round = 0; round < 50; round++) {
            assertEquals(1, ConversationSplit.heldOut(conversations(2)).size());
        }
        UUID low = placed(0, 0.05);
        UUID high = placed(0.1, 0.2);
        assertEquals(Set.of(low), ConversationSplit.heldOut(List.of(high, low)), "both would be held out by place");
        assertEquals(Set.of(high), ConversationSplit.heldOut(List.of(placed(0.5, 1), high)), "the usual case");
    }

    private Set<UUID> conversations(int count) {
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(count)
                .collect(Collectors.toSet());
    }

    private UUID placed(double from, double to) {
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .filter(id -> ConversationSplit.place(id) >= from && ConversationSplit.place(id) < to)
                .findFirst()
                .orElseThrow();
    }
}
