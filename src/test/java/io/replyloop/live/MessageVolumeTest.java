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

/** The token buckets of messages, with times chosen by the test. */
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
    void a_burst_is_allowed_and_then_one_message_per_second() {
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
    void customers_of_one_address_share_its_limit_and_no_others_do() {
        for (int i = 0; i < 5; i++) {
            assertThat(here.take(UUID.randomUUID(), "a", 0)).isZero();
        }
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 20; i++) {
            assertThat(here.take(wei, "a", 0)).isEqualTo(500);
        }
        // Refused messages have taken nothing from the customer's own bucket.
        for (int i = 0; i < 3; i++) {
            assertThat(here.take(wei, "b", 0)).isZero();
        }
    }

    @Test
    void messages_allowed_on_one_node_count_on_the_others() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            here.take(wei, "a", 0);
        }
        here.takeUnpublished().forEach(written -> there.addFromOtherNode(written, 0));
        assertThat(there.take(wei, "a", 0)).isEqualTo(1_000);
        assertThat(there.take(UUID.randomUUID(), "a", 0)).isZero();
        assertThat(there.take(UUID.randomUUID(), "a", 0)).isZero();
        assertThat(there.take(UUID.randomUUID(), "a", 0)).isEqualTo(500);
        assertThat(here.takeUnpublished()).isEmpty();
    }

    @Test
    void messages_that_are_not_stored_do_not_count() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 20; i++) {
            assertThat(here.take(wei, "a", 0)).isZero();
            here.refund(wei, "a", 0);
        }
        assertThat(here.takeUnpublished()).isEmpty();

        for (int i = 0; i < 3; i++) {
            here.take(wei, "a", 0);
        }
        here.takeUnpublished().forEach(written -> there.addFromOtherNode(written, 0));
        here.refund(wei, "a", 0);
        here.takeUnpublished().forEach(written -> there.addFromOtherNode(written, 0));
        assertThat(here.take(wei, "a", 0)).isZero();
        assertThat(there.take(wei, "a", 0)).isZero();
        assertThat(there.take(wei, "a", 0)).isEqualTo(1_000);
    }

    @Test
    void commands_have_a_limit_ten_times_as_high_without_refunds() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 30; i++) {
            assertThat(here.takeCommand(wei, "a", 0)).isZero();
            here.take(wei, "a", 0);
            here.refund(wei, "a", 0);
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
    void simultaneous_bursts_on_several_nodes_are_paid_back_up_to_a_maximum() {
        UUID wei = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            here.take(wei, "a", 0);
        }
        here.addFromOtherNode(new NodeMessage.Written(Map.of(wei, 2), Map.of()), 0);
        assertThat(here.take(wei, "a", 0)).isEqualTo(3_000);
        here.addFromOtherNode(new NodeMessage.Written(Map.of(wei, 1_000), Map.of()), 0);
        assertThat(here.take(wei, "a", 0)).isEqualTo(4_000);
    }

    @Test
    void counts_are_split_to_fit_into_messages_between_nodes() throws Exception {
        for (int i = 0; i < 500; i++) {
            here.take(UUID.randomUUID(), "20010db8%08x/64".formatted(i), 0);
        }
        List<NodeMessage.Written> messages = here.takeUnpublished();
        assertThat(messages.stream().mapToInt(each -> each.customers().size()).sum())
                .isEqualTo(500);
        for (NodeMessage.Written each : messages) {
            byte[] text = new ObjectMapper().writeValueAsString(each).getBytes(StandardCharsets.UTF_8);
            assertThat(text.length).isLessThan(7_000);
        }
    }
}
