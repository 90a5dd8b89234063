package io.replyloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConversationSplitTest {
    private final Random random = new Random(4);

    @Test
    void a_fifth_measures_and_a_tenth_chooses() {
        Map<UUID, Split> sides = ConversationSplit.assign(Map.of(), conversations(10_000));

        assertThat(count(sides, Split.TEST)).isBetween(1_850L, 2_150L);
        assertThat(count(sides, Split.DEV)).isBetween(900L, 1_100L);
        assertThat(count(sides, Split.TRAIN)).isBetween(6_800L, 7_200L);
    }

    @Test
    void a_conversation_stays_on_its_side_however_many_join() {
        Map<UUID, Split> early = new HashMap<>();
        for (int round = 0; round < 40; round++) {
            Set<UUID> all = new HashSet<>(early.keySet());
            all.addAll(conversations(1));
            Map<UUID, Split> before = Map.copyOf(early);
            all.removeAll(early.keySet());
            early.putAll(ConversationSplit.assign(early, all));

            assertThat(early).containsAllEntriesOf(before);
        }
    }

    @Test
    void the_place_of_a_conversation_never_changes_with_the_program() {
        assertThat(ConversationSplit.place(UUID.fromString("0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11")))
                .isCloseTo(0.88280, within(0.00001));
    }

    @Test
    void a_single_conversation_is_trained_on() {
        UUID only = placed(0, ConversationSplit.TEST);

        assertThat(ConversationSplit.assign(Map.of(), List.of(only))).isEqualTo(Map.of(only, Split.TRAIN));
    }

    @Test
    void of_two_conversations_one_is_trained_on_and_one_tells_when_to_stop() {
        for (int round = 0; round < 50; round++) {
            assertThat(ConversationSplit.assign(Map.of(), conversations(2)).values())
                    .containsExactlyInAnyOrder(Split.TRAIN, Split.DEV);
        }
    }

    @Test
    void of_three_conversations_each_side_gets_one() {
        for (int round = 0; round < 50; round++) {
            assertThat(ConversationSplit.assign(Map.of(), conversations(3)).values())
                    .containsExactlyInAnyOrder(Split.TRAIN, Split.DEV, Split.TEST);
        }
    }

    @Test
    void who_has_a_side_is_not_moved_to_an_empty_one() {
        Map<UUID, Split> known = Map.of(placed(0, 0.1), Split.TRAIN, placed(0, 0.1), Split.TRAIN);
        UUID late = placed(0.5, 1);

        assertThat(ConversationSplit.assign(known, List.of(late))).isEqualTo(Map.of(late, Split.DEV));
        assertThat(ConversationSplit.assign(known, List.of())).isEmpty();
    }

    private static long count(Map<UUID, Split> sides, Split side) {
        return sides.values().stream().filter(side::equals).count();
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
