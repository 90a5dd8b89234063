package io.replyloop.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.checkpoint.CheckpointInfo;
import io.replyloop.bert.training.FineTuningOptions;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
    private static final CheckpointInfo SMALL = new CheckpointInfo("bert", 6, 384, 12, 2, 22_000_000, 30_522, 512);
    private static final CheckpointInfo BASE = new CheckpointInfo("bert", 12, 768, 12, 2, 110_000_000, 30_522, 512);

    @Test
    void little_data_moves_only_the_upper_half_of_the_network_and_passes_several_times() {
        FineTuningOptions few = TrainingOptions.DEFAULTS.forData(100, SMALL, 1);

        assertEquals(3, few.frozenLayers());
        assertTrue(few.frozenEmbeddings());
        assertEquals(10, few.epochs());
        assertEquals(16, few.batchSize());
    }

    @Test
    void much_data_moves_everything_and_passes_twice() {
        FineTuningOptions much = TrainingOptions.DEFAULTS.forData(30_000, BASE, 3);

        assertEquals(0, much.frozenLayers());
        assertFalse(much.frozenEmbeddings());
        assertEquals(2, much.epochs());
        assertEquals(3, much.threads());
    }

    @Test
    void a_wide_network_takes_smaller_steps() {
        assertEquals(3e-5, TrainingOptions.DEFAULTS.forData(1_000, BASE, 1).learningRate());
        assertEquals(1e-4, TrainingOptions.DEFAULTS.forData(1_000, SMALL, 1).learningRate());
    }

    @Test
    void what_an_admin_sets_comes_first_within_what_the_network_has() {
        FineTuningOptions set = new TrainingOptions(1e-5, 1, 8, 400, 48, false, 7L).forData(100, SMALL, 1);

        assertEquals(1e-5, set.learningRate());
        assertEquals(1, set.epochs());
        assertEquals(8, set.batchSize());
        assertEquals(400, set.maxLength());
        assertEquals(6, set.frozenLayers());
        assertFalse(set.frozenEmbeddings());
        assertEquals(7, set.seed());
    }
}
