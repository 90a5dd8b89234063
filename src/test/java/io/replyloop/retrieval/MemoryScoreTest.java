package io.replyloop.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertEquals(
                Math.sqrt(1 / 1.25),
                scores(List.of(new Neighbour<>("refund", 1))).get("refund"),
                1e-12);
    }

    @Test
    void the_best_of_only_weak_matches_stays_low() {
        assertTrue(scores(List.of(new Neighbour<>("refund", 0.2), new Neighbour<>("size", 0.1)))
                        .get("refund")
                < 0.2);
    }

    @Test
    void two_replies_that_answered_the_same_question_share_its_votes() {
        Map<String, Double> scores = scores(List.of(new Neighbour<>("refund", 1), new Neighbour<>("size", 1)));
        assertEquals(scores.get("refund"), scores.get("size"));
        assertEquals(Math.sqrt(1 / 2.25), scores.get("size"), 1e-12);
    }

    @Test
    void a_reply_that_answered_it_more_often_comes_first() {
        Map<String, Double> scores = scores(
                List.of(new Neighbour<>("refund", 1), new Neighbour<>("size", 1), new Neighbour<>("refund", 0.9)));
        assertTrue(scores.get("refund") > scores.get("size"));
    }

    @Test
    void a_popular_reply_has_no_more_votes_than_the_rule_gives() {
        List<Neighbour<String>> most = Collections.nCopies(MemoryScore.VOTES, new Neighbour<>("hello", 0.5));
        List<Neighbour<String>> more = Collections.nCopies(MemoryScore.VOTES + 50, new Neighbour<>("hello", 0.5));
        assertEquals(scores(most), scores(more));
    }

    @Test
    void nothing_near_gives_no_scores() {
        assertEquals(Map.of(), scores(List.of()));
    }

    @Test
    void votes_and_what_was_learned_add_up_by_their_shares() {
        Map<String, Double> joined =
                MemoryScore.with(Map.of("refund", 0.8, "size", 0.1), Map.of("refund", 0.5, "hello", 0.4), 0.25);
        assertEquals(0.75 * 0.8 + 0.25 * Math.log(501) / Math.log(1001), joined.get("refund"), 1e-12);
        assertEquals(0.25 * Math.log(401) / Math.log(1001), joined.get("hello"), 1e-12);
        assertEquals(0.75 * 0.1, joined.get("size"), 1e-12);
    }

    @Test
    void without_a_share_what_was_learned_adds_nothing() {
        assertEquals(Map.of("size", 0.5), MemoryScore.with(Map.of("size", 0.5), Map.of("hello", 1.0), 0));
    }

    @Test
    void with_the_whole_share_what_was_learned_is_all_and_what_is_certain_has_1() {
        Map<String, Double> joined = MemoryScore.with(Map.of("size", 0.5), Map.of("hello", 1.0, "refund", 1e-9), 1);
        assertEquals(Map.of("size", 0.0, "hello", 1.0), joined);
    }
}
