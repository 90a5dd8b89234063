package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusteredShareTest {
    private static ClusteredShare of(long[][] conversations) {
        double sum = 0;
        double squares = 0;
        double products = 0;
        double counts = 0;
        long count = 0;
        for (long[] one : conversations) {
            sum += one[0];
            count += one[1];
            squares += one[0] * one[0];
            products += one[0] * one[1];
            counts += one[1] * one[1];
        }
        return new ClusteredShare(conversations.length, count, sum, squares, products, counts);
    }

    @Test
    void with_one_question_in_each_conversation_the_error_is_that_of_a_share() {
        long[][] conversations = new long[100][];
        for (int i = 0; i < 100; i++) {
            conversations[i] = new long[] {i < 40 ? 1 : 0, 1};
        }
        ClusteredShare share = of(conversations);
        assertThat(share.mean()).isCloseTo(0.4, within(1e-9));
        assertThat(share.error()).isCloseTo(Math.sqrt(0.4 * 0.6 / 99), within(1e-9));
    }

    @Test
    void questions_that_are_alike_within_conversations_tell_no_more_than_the_conversations() {
        long[][] conversations = new long[40][];
        for (int i = 0; i < 40; i++) {
            conversations[i] = new long[] {i % 2 == 0 ? 10 : 0, 10};
        }
        assertThat(of(conversations).error()).isCloseTo(Math.sqrt(0.25 / 39), within(1e-9));
    }

    @Test
    void where_all_are_equal_the_error_is_not_zero() {
        long[][] conversations = new long[50][];
        for (int i = 0; i < 50; i++) {
            conversations[i] = new long[] {1, 1};
        }
        assertThat(of(conversations).error()).isBetween(0.02, 0.03);
    }

    @Test
    void few_answers_or_conversations_are_not_enough() {
        assertThat(of(new long[][] {{20, 40}}).isEnough()).isFalse();
        assertThat(new ClusteredShare(15, 30, 1, 1, 1, 60).isEnough()).isTrue();
        assertThat(new ClusteredShare(15, 29, 1, 1, 1, 60).isEnough()).isFalse();
    }

    @Test
    void the_true_share_lies_within_the_margin_in_about_95_of_100_cases() {
        Random random = new Random(11);
        int within = 0;
        for (int trial = 0; trial < 1_000; trial++) {
            long[][] conversations = new long[80][];
            for (int i = 0; i < conversations.length; i++) {
                // Conversations differ: half of them 0.8, half 0.4.
                double share = random.nextBoolean() ? 0.8 : 0.4;
                int count = 1 + random.nextInt(5);
                long taken = 0;
                for (int j = 0; j < count; j++) {
                    taken += random.nextDouble() < share ? 1 : 0;
                }
                conversations[i] = new long[] {taken, count};
            }
            ClusteredShare found = of(conversations);
            within += Math.abs(found.mean() - 0.6) <= found.margin() ? 1 : 0;
        }
        assertThat(within).isBetween(925, 970);
    }
}
