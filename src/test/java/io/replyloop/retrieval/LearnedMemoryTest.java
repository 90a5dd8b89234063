package io.replyloop.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LearnedMemoryTest {
    private static final int[] REPLIES = {0, 1, 2};
    private final LearnedMemory memory = new LearnedMemory();

    @Test
    void it_knows_nothing_at_first_and_it_may_be_none_of_the_replies() {
        double[] probabilities = memory.probabilities(new int[] {4, 5}, REPLIES);
        assertEquals(probabilities[0], probabilities[2]);
        assertTrue(Arrays.stream(probabilities).sum() < 0.5);
    }

    @Test
    void features_speak_for_the_reply_that_they_came_with() {
        for (int i = 0; i < 50; i++) {
            memory.learn(new int[] {1, 7}, 0, REPLIES);
            memory.learn(new int[] {2, 7}, 1, REPLIES);
        }
        double[] one = memory.probabilities(new int[] {1, 7}, REPLIES);
        double[] other = memory.probabilities(new int[] {2, 7}, REPLIES);
        assertTrue(one[0] > 2 * one[1] && one[0] > 2 * one[2], Arrays.toString(one));
        assertTrue(other[1] > 2 * other[0] && other[1] > 2 * other[2], Arrays.toString(other));
        double[] torn = memory.probabilities(new int[] {7}, REPLIES);
        assertTrue(torn[0] > torn[2] && torn[1] > torn[2], Arrays.toString(torn));
    }

    @Test
    void a_feature_can_meet_many_replies() {
        int[] many = new int[500];
        Arrays.setAll(many, reply -> reply);
        for (int reply : many) {
            for (int i = 0; i < 20; i++) {
                memory.learn(new int[] {1, 1_000 + reply}, reply, many);
            }
        }
        for (int reply : many) {
            double[] probabilities = memory.probabilities(new int[] {1, 1_000 + reply}, many);
            assertEquals(Arrays.stream(probabilities).max().orElseThrow(), probabilities[reply], "reply " + reply);
        }
    }

    @Test
    void unknown_features_change_no_order_and_break_nothing() {
        memory.learn(new int[] {1}, 0, REPLIES);
        assertArrayEquals(
                memory.probabilities(new int[] {-3, 9}, REPLIES), memory.probabilities(new int[] {77, 78}, REPLIES));
        assertEquals(0, memory.probabilities(new int[] {1}, new int[0]).length);
    }
}
