package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerNetworkTest {
    private static final int[] REPLIES = {0, 1, 2};
    private final AnswerNetwork network = new AnswerNetwork(1);

    @Test
    void an_untrained_network_is_undecided() {
        assertThat(network.probabilities(new int[] {4, 5}, REPLIES))
                .containsExactly(new float[] {1 / 3f, 1 / 3f, 1 / 3f}, within(1e-6f));
        assertThat(network.probabilities(new int[] {4}, new int[0]).length).isEqualTo(0);
        assertThat(network.probabilities(new int[0], new int[] {7})[0]).isEqualTo(1);
    }

    @Test
    void features_predict_the_reply_that_they_were_trained_with() {
        for (int i = 0; i < 50; i++) {
            network.learn(new int[] {1, 7}, 0, REPLIES);
            network.learn(new int[] {2, 7}, 1, REPLIES);
        }
        float[] one = network.probabilities(new int[] {1, 7}, REPLIES);
        float[] other = network.probabilities(new int[] {2, 7}, REPLIES);
        assertThat(one[0] > 2 * one[1] && one[0] > 2 * one[2])
                .as("%s", Arrays.toString(one))
                .isTrue();
        assertThat(other[1] > 2 * other[0] && other[1] > 2 * other[2])
                .as("%s", Arrays.toString(other))
                .isTrue();
    }

    @Test
    void interactions_of_features_are_learned() {
        for (int i = 0; i < 2_000; i++) {
            network.learn(new int[] {1, 3}, 0, REPLIES);
            network.learn(new int[] {1, 4}, 1, REPLIES);
            network.learn(new int[] {2, 3}, 1, REPLIES);
            network.learn(new int[] {2, 4}, 0, REPLIES);
        }
        assertThat(network.probabilities(new int[] {2, 4}, REPLIES)[0] > 0.8).isTrue();
        assertThat(network.probabilities(new int[] {2, 3}, REPLIES)[1] > 0.8).isTrue();
    }

    @Test
    void replies_can_be_added_later() {
        network.learn(new int[] {1}, 0, new int[] {0});
        int[] many = new int[300];
        Arrays.setAll(many, reply -> reply);
        for (int pass = 0; pass < 30; pass++) {
            for (int reply : many) {
                network.learn(new int[] {1, 1_000 + reply}, reply, many);
            }
        }
        int right = 0;
        for (int reply : many) {
            float[] probabilities = network.probabilities(new int[] {1, 1_000 + reply}, many);
            float best = 0;
            for (float probability : probabilities) {
                best = Math.max(best, probability);
            }
            right += probabilities[reply] == best ? 1 : 0;
        }
        assertThat(right > 290).as("%s", right + " of 300").isTrue();
    }

    @Test
    void the_same_examples_in_the_same_order_give_the_same_network() {
        AnswerNetwork twin = new AnswerNetwork(1);
        for (AnswerNetwork one : new AnswerNetwork[] {network, twin}) {
            one.learn(new int[] {1, 7}, 0, REPLIES);
            one.learn(new int[] {2, 7}, 1, REPLIES);
        }
        assertThat(twin.probabilities(new int[] {7}, REPLIES)).isEqualTo(network.probabilities(new int[] {7}, REPLIES));
    }

    @Test
    void unknown_features_do_not_change_the_order() {
        network.learn(new int[] {1}, 0, REPLIES);
        assertThat(network.probabilities(new int[] {77, 78}, REPLIES))
                .isEqualTo(network.probabilities(new int[] {-3, 9}, REPLIES));
    }
}
