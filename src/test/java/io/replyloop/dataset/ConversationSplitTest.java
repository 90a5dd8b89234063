package io.replyloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void a_fifth_is_held_out() {
        int heldOut = ConversationSplit.heldOut(conversations(10_000)).size();

        assertThat(heldOut > 1_850 && heldOut < 2_150)
                .as("%s", heldOut + " of 10,000")
                .isTrue();
    }

    @Test
    void a_conversation_stays_on_its_side_however_many_join() {
        Set<UUID> early = conversations(200);
        Set<UUID> late = new HashSet<>(early);
        late.addAll(conversations(2_000));

        Set<UUID> heldOutEarly = ConversationSplit.heldOut(early);
        Set<UUID> heldOutLate = ConversationSplit.heldOut(late);
        heldOutLate.retainAll(early);

        assertThat(heldOutLate).isEqualTo(heldOutEarly);
    }

    @Test
    void the_place_of_a_conversation_never_changes_with_the_program() {
        assertThat(ConversationSplit.place(UUID.fromString("0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11")))
                .isCloseTo(0.88280, within(0.00001));
    }

    @Test
    void a_single_conversation_is_trained_on() {
        assertThat(ConversationSplit.heldOut(List.of(placed(0, ConversationSplit.HELD_OUT))))
                .isEqualTo(Set.of());
    }

    @Test
    void of_two_conversations_each_side_gets_one() {
        for (int round = 0; round < 50; round++) {
            assertThat(ConversationSplit.heldOut(conversations(2)).size()).isEqualTo(1);
        }
        UUID low = placed(0, 0.05);
        UUID high = placed(0.1, 0.2);
        assertThat(ConversationSplit.heldOut(List.of(high, low)))
                .as("both would be held out by place")
                .isEqualTo(Set.of(low));
        assertThat(ConversationSplit.heldOut(List.of(placed(0.5, 1), high)))
                .as("the usual case")
                .isEqualTo(Set.of(high));
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
