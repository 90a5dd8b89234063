package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private static final long GIB = 1L << 30;

    @Test
    void a_gpu_takes_as_many_tokens_as_its_memory_holds() {
        int large = TokenBudget.onGpu(80 * GIB, 12, 768);
        assertThat(large > 30_000 && large < 40_000).as("%s", large).isTrue();
        assertThat((double) TokenBudget.onGpu(8 * GIB, 12, 768)).isCloseTo(large / 10.0, within(large / 10.0 * 0.2));
        assertThat(TokenBudget.onGpu(80 * GIB, 2, 256)).isEqualTo(131_072);
        assertThat(TokenBudget.onGpu(GIB, 24, 1_024)).isEqualTo(4_096);
    }

    @Test
    void a_cpu_takes_few() {
        assertThat(TokenBudget.scoring(Device.cpu())).isEqualTo(2_048);
        assertThat(TokenBudget.training(Device.cpu(), BertConfig.bert(8, 1, 8, 1, 8, 16)))
                .isEqualTo(4_096);
    }
}
