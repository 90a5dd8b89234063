package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentiles_use_the_nearest_rank() {
        double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(Latencies.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Latencies.percentile(hundred, 95)).isEqualTo(95);
        assertThat(Latencies.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Latencies.percentile(new double[] {7, 9}, 50)).isEqualTo(7);
        assertThat(Latencies.percentile(new double[] {7, 9}, 95)).isEqualTo(9);
    }

    @Test
    void percentiles_include_every_value_in_any_order() {
        Latencies latencies = new Latencies();
        for (int value = 5_000; value > 0; value--) {
            latencies.add(value);
        }
        assertThat(latencies.json()).hasToString("{\"count\":5000,\"p50\":2500.0,\"p95\":4750.0,\"p99\":4950.0}");
        assertThat(new Latencies().json()).hasToString("{\"count\":0,\"p50\":null,\"p95\":null,\"p99\":null}");
    }
}
