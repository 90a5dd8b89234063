package io.replyloop.bert.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private static final long GIB = 1L << 30;

    @Test
    void aGpuTakesAsManyTokensAsItsMemoryHolds() {
        int large = TokenBudget.onGpu(80 * GIB, 12, 768);
        assertTrue(large > 30_000 && large < 40_000, "" + large);
        assertEquals(large / 10.0, TokenBudget.onGpu(8 * GIB, 12, 768), large / 10.0 * 0.2);
        assertEquals(131_072, TokenBudget.onGpu(80 * GIB, 2, 256));
        assertEquals(4_096, TokenBudget.onGpu(GIB, 24, 1_024));
    }

    @Test
    void aCpuTakesFew() {
        assertEquals(2_048, TokenBudget.scoring(Device.cpu()));
        assertEquals(4_096, TokenBudget.training(Device.cpu(), BertConfig.bert(8, 1, 8, 1, 8, 16)));
    }
}
