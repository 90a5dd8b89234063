package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.live.cluster.NodeMessage;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The buckets of messages, with a clock of the test's own. */
class MessageVolumeTest {
    private static final LiveConfig LIMITS = new SmallRyeConfigBuilder()
            .withMapping(LiveConfig.class)
            .withDefaultValue("replyloop.live.customer-message-burst", "3")
            .withDefaultValue("replyloop.live.customer-messages-per-minute", "60")
            .withDefaultValue("replyloop.live.address-message-burst", "5")
            .withDefaultValue("replyloop.live.address-messages-per-minute", "120")
            .build()
            .getConfigMapping(LiveConfig.class);

    private final MessageVolume here = new MessageVolume(LIMITS);
    private final MessageVolume there = new MessageVolume(LIMITS);

    private static long after(Duration time) {
        return time.toNanos();
    }

    @Test
    void a_burst_passes_and_then_one_a_second() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            assertThat(here.take(wei, "a", 0)).isZero();
        }
        assertThat(here.take(wei, "a", 0)).isEqualTo(1_000);
        assertThat(here.take(wei, "b", 0)).isEqualTo(1_000);
        assertThat(here.take(wei, "a", after(Duration.ofMillis(400)))).isEqualTo(600);
        assertThat(here.take(wei, "a", after(Duration.ofMillis(1_001)))).isZero();
    }

    @Test
    void many_customers_of_one_address_share_its_limit_and_no_other_address_does() {
        for (int i = 0; i < 5; i++) {
            assertThat(here.take(UUID.randomUUID(), "a", 0)).isZero();
        }
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 20; i++) {
            assertThat(here.take(wei, "a", 0)).isEqualTo(500);
        }
        // What was refused has taken nothing of the customer's own.
        for (int i = 0; i < 3; i++) {
            assertThat(here.take(wei, "b", 0)).isZero();
        }
    }

    @Test
    void what_passes_on_one_node_counts_on_the_others() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            here.take(wei, "a", 0);
        }
        here.tell().forEach(written -> there.writtenElsewhere(written, 0));
        assertThat(there.take(wei, "a", 0)).isEqualTo(1_000);
        assertThat(there.take(UUID.randomUUID(), "a", 0)).isZero();
        assertThat(there.take(UUID.randomUUID(), "a", 0)).isZero();
        assertThat(there.take(UUID.randomUUID(), "a", 0)).isEqualTo(500);
        assertThat(here.tell()).isEmpty();
    }

    @Test
    void what_was_not_stored_counts_nowhere() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 20; i++) {
            assertThat(here.take(wei, "a", 0)).isZero();
            here.giveBack(wei, "a", 0);
        }
        assertThat(here.tell()).isEmpty();

        for (int i = 0; i < 3; i++) {
            here.take(wei, "a", 0);
        }
        here.tell().forEach(written -> there.writtenElsewhere(written, 0));
        here.giveBack(wei, "a", 0);
        here.tell().forEach(written -> there.writtenElsewhere(written, 0));
        assertThat(here.take(wei, "a", 0)).isZero();
        assertThat(there.take(wei, "a", 0)).isZero();
        assertThat(there.take(wei, "a", 0)).isEqualTo(1_000);
    }

    @Test
    void whatever_asks_the_database_has_a_limit_ten_times_as_wide_that_nothing_is_given_back_to() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 30; i++) {
            assertThat(here.takeCommand(wei, "a", 0)).isZero();
            here.take(wei, "a", 0);
            here.giveBack(wei, "a", 0);
        }
        assertThat(here.takeCommand(wei, "a", 0)).isEqualTo(100);
        assertThat(here.takeCommand(wei, "b", 0)).isEqualTo(100);
        for (int i = 0; i < 20; i++) {
            assertThat(here.takeCommand(UUID.randomUUID(), "a", 0)).isZero();
        }
        assertThat(here.takeCommand(UUID.randomUUID(), "a", 0)).isEqualTo(50);
        assertThat(here.takeCommand(UUID.randomUUID(), "b", 0)).isZero();
    }

    @Test
    void bursts_on_many_nodes_at_once_are_paid_back_though_not_without_end() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            here.take(wei, "a", 0);
        }
        here.writtenElsewhere(new NodeMessage.Written(Map.of(wei, 2), Map.of()), 0);
        assertThat(here.take(wei, "a", 0)).isEqualTo(3_000);
        here.writtenElsewhere(new NodeMessage.Written(Map.of(wei, 1_000), Map.of()), 0);
        assertThat(here.take(wei, "a", 0)).isEqualTo(4_000);
    }

    @Test
    void what_is_told_fits_into_what_a_node_can_say() throws Exception {
        for (int i = 0; i < 500; i++) {
            here.take(UUID.randomUUID(), "20010db8%08x/64".formatted(i), 0);
        }
        List<NodeMessage.Written> told = here.tell();
        assertThat(told.stream().mapToInt(each -> each.customers().size()).sum())
                .isEqualTo(500);
        for (NodeMessage.Written each : told) {
            byte[] text = new ObjectMapper().writeValueAsString(each).getBytes(StandardCharsets.UTF_8);
            assertThat(text.length).isLessThan(7_000);
        }
    }
}
