package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import io.replyloop.suggestion.ScreenOrders.ScreenOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScreenOrdersTest {
    private final Scored first = scored(0.9);
    private final Scored second = scored(0.8);
    private final Scored third = scored(0.7);
    private final Scored other = scored(0.1);
    private final Shortlist three = new Shortlist(List.of(first, second, third), List.of(other));

    @Test
    void the_best_stands_first_unless_an_admin_asks_for_chance() {
        for (int question = 0; question < 1_000; question++) {
            assertThat(new ScreenOrders(0, 3).of(three)).isEqualTo(new ScreenOrder(three.shown(), false));
        }
    }

    @Test
    void a_small_share_is_shown_in_every_order_and_says_so() {
        ScreenOrders orders = new ScreenOrders(0.1, 3);
        Random random = new Random(3);
        int shuffled = 0;
        Set<List<Scored>> seen = new HashSet<>();
        for (int question = 0; question < 10_000; question++) {
            ScreenOrder order = orders.of(three, random);
            if (order.shuffled()) {
                shuffled++;
                seen.add(order.items());
            } else {
                assertThat(order.items()).isEqualTo(three.shown());
            }
            assertThat(order.items()).containsExactlyInAnyOrder(first, second, third);
        }
        assertThat(shuffled).isBetween(850, 1_150);
        assertThat(seen).hasSize(6);
    }

    @Test
    void one_suggestion_has_no_order() {
        ScreenOrders orders = new ScreenOrders(0.1, 3);
        Random random = new Random(5);
        for (int question = 0; question < 200; question++) {
            assertThat(orders.of(new Shortlist(List.of(first), List.of(other)), random)
                            .shuffled())
                    .isFalse();
        }
    }

    @Test
    void more_than_a_tenth_is_refused() {
        for (double share : new double[] {-0.01, 0.11, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ScreenOrders(share, 3))
                    .withMessageContaining("replyloop.suggestion.shuffle");
        }
    }

    private static Scored scored(double probability) {
        return new Scored(
                new Candidate(UUID.randomUUID(), 1, "Title", "Text", null, new Evidence(probability, 0, 0)),
                null,
                probability);
    }
}
