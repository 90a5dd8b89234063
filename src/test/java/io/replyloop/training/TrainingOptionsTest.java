package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.checkpoint.CheckpointInfo;
import io.replyloop.bert.training.FineTuningOptions;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
    private static final CheckpointInfo SMALL = new CheckpointInfo("bert", 6, 384, 12, 2, 22_000_000, 30_522, 512);
    private static final CheckpointInfo BASE = new CheckpointInfo("bert", 12, 768, 12, 2, 110_000_000, 30_522, 512);

    @Test
    void little_data_moves_only_the_upper_half_of_the_network_and_passes_several_times() {
        FineTuningOptions few = TrainingOptions.DEFAULTS.forData(100, SMALL, 1);

        assertThat(few.frozenLayers()).isEqualTo(3);
        assertThat(few.frozenEmbeddings()).isTrue();
        assertThat(few.epochs()).isEqualTo(10);
        assertThat(few.batchSize()).isEqualTo(16);
    }

    @Test
    void much_data_moves_everything_and_passes_twice() {
        FineTuningOptions much = TrainingOptions.DEFAULTS.forData(30_000, BASE, 3);

        assertThat(much.frozenLayers()).isEqualTo(0);
        assertThat(much.frozenEmbeddings()).isFalse();
        assertThat(much.epochs()).isEqualTo(2);
        assertThat(much.threads()).isEqualTo(3);
    }

    @Test
    void a_wide_network_takes_smaller_steps() {
        assertThat(TrainingOptions.DEFAULTS.forData(1_000, BASE, 1).learningRate())
                .isEqualTo(3e-5);
        assertThat(TrainingOptions.DEFAULTS.forData(1_000, SMALL, 1).learningRate())
                .isEqualTo(1e-4);
    }

    @Test
    void what_an_admin_sets_comes_first_within_what_the_network_has() {
        FineTuningOptions set = new TrainingOptions(1e-5, 1, 8, 400, 48, false, 7L).forData(100, SMALL, 1);

        assertThat(set.learningRate()).isEqualTo(1e-5);
        assertThat(set.epochs()).isEqualTo(1);
        assertThat(set.batchSize()).isEqualTo(8);
        assertThat(set.maxLength()).isEqualTo(400);
        assertThat(set.frozenLayers()).isEqualTo(6);
        assertThat(set.frozenEmbeddings()).isFalse();
        assertThat(set.seed()).isEqualTo(7);
    }
}
