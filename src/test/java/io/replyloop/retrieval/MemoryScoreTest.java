package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.retrieval.MemoryScore.Neighbour;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryScoreTest {
    private static Map<String, Double> scores(List<Neighbour<String>> neighbours) {
        return MemoryScore.of(neighbours);
    }

    @Test
    void one_question_that_says_the_same_is_nearly_certain() {
        assertThat(scores(List.of(new Neighbour<>("refund", 1))).get("refund"))
                .isCloseTo(Math.sqrt(1 / 1.25), within(1e-12));
    }

    @Test
    void the_best_of_only_weak_matches_stays_low() {
        assertThat(scores(List.of(new Neighbour<>("refund", 0.2), new Neighbour<>("size", 0.1)))
                                .get("refund")
                        < 0.2)
                .isTrue();
    }

    @Test
    void two_replies_that_answered_the_same_question_share_its_votes() {
        Map<String, Double> scores = scores(List.of(new Neighbour<>("refund", 1), new Neighbour<>("size", 1)));
        assertThat(scores.get("size")).isEqualTo(scores.get("refund"));
        assertThat(scores.get("size")).isCloseTo(Math.sqrt(1 / 2.25), within(1e-12));
    }

    @Test
    void a_reply_that_answered_it_more_often_comes_first() {
        Map<String, Double> scores = scores(
                List.of(new Neighbour<>("refund", 1), new Neighbour<>("size", 1), new Neighbour<>("refund", 0.9)));
        assertThat(scores.get("refund") > scores.get("size")).isTrue();
    }

    @Test
    void a_popular_reply_has_no_more_votes_than_the_rule_gives() {
        List<Neighbour<String>> most = Collections.nCopies(MemoryScore.VOTES, new Neighbour<>("hello", 0.5));
        List<Neighbour<String>> more = Collections.nCopies(MemoryScore.VOTES + 50, new Neighbour<>("hello", 0.5));
        assertThat(scores(more)).isEqualTo(scores(most));
    }

    @Test
    void nothing_near_gives_no_scores() {
        assertThat(scores(List.of())).isEqualTo(Map.of());
    }
}
