package io.replyloop.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionGateTest {
    private static ConnectionGate gate(boolean behindProxy) {
        SmallRyeConfig settings = new SmallRyeConfigBuilder()
                .withMapping(EdgeConfig.class)
                .withDefaultValues(
                        Map.of("replyloop.edge.connections-per-address", "2", "replyloop.edge.connections", "3"))
                .build();
        return new ConnectionGate(settings.getConfigMapping(EdgeConfig.class), Duration.ofMinutes(1), behindProxy);
    }

    @Test
    void an_address_has_its_share_and_gets_it_back() {
        ConnectionGate gate = gate(false);
        assertThat(gate.enter("a")).isTrue();
        assertThat(gate.enter("a")).isTrue();
        assertThat(gate.enter("a")).isFalse();
        assertThat(gate.enter("b")).isTrue();
        assertThat(gate.enter("c")).isFalse();
        gate.leave("a");
        assertThat(gate.enter("c")).isTrue();
    }

    @Test
    void behind_a_proxy_all_have_its_address_so_only_the_total_counts() {
        ConnectionGate gate = gate(true);
        assertThat(gate.enter("proxy")).isTrue();
        assertThat(gate.enter("proxy")).isTrue();
        assertThat(gate.enter("proxy")).isTrue();
        assertThat(gate.enter("proxy")).isFalse();
    }
}
