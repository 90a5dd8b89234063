package io.replyloop.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final UUID REPLY = new UUID(0, 1);

    /** Conversations of three moments each. */
    private static List<Moment> moments(int conversations) {
        return IntStream.range(0, 3 * conversations)
                .mapToObj(i -> Moment.first("conversation " + i / 3, "question " + i, Set.of(REPLY)))
                .toList();
    }

    private static Set<String> groups(List<Moment> moments) {
        return moments.stream().map(Moment::group).collect(Collectors.toSet());
    }

    @Test
    void a_conversation_is_not_divided_within_a_round() {
        for (Round round : Round.of(moments(20), 12, 1_000, 7)) {
            assertThat(Collections.disjoint(groups(round.asked()), groups(round.decisions())))
                    .isTrue();
            assertThat(round.asked().size() + round.decisions().size()).isEqualTo(60);
        }
    }

    @Test
    void six_rounds_ask_every_question_once() {
        List<Moment> moments = moments(20);
        List<Moment> asked = new ArrayList<>();
        Round.of(moments, Round.FOLDS, 1_000, 7).forEach(round -> asked.addAll(round.asked()));
        assertThat(asked.size()).isEqualTo(60);
        assertThat(new HashSet<>(asked)).isEqualTo(new HashSet<>(moments));
    }

    @Test
    void the_seed_determines_the_rounds() {
        List<Moment> moments = moments(20);
        assertThat(Round.of(moments, 3, 10, 7)).isEqualTo(Round.of(moments, 3, 10, 7));
        assertThat(Round.of(moments, 3, 10, 8)).isNotEqualTo(Round.of(moments, 3, 10, 7));
    }

    @Test
    void a_round_has_a_maximum_of_questions() {
        Round.of(moments(20), 3, 4, 7)
                .forEach(round -> assertThat(round.asked().size()).isEqualTo(4));
    }

    @Test
    void a_number_that_is_too_large_is_replaced_by_all_decisions() {
        List<Round> rounds = Round.of(moments(60), 6, 100, 1);
        assertThat(Round.reachable(rounds, List.of(0, 50, 200, 1_000))).isEqualTo(List.of(0, 50, 150));
        assertThat(Round.reachable(rounds, List.of(50, 0))).isEqualTo(List.of(0, 50));
        assertThat(Round.reachable(rounds, List.of(0, 140, 1_000))).isEqualTo(List.of(0, 140));
    }
}
