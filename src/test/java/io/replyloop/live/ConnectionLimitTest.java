package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.frames.FrameCodec;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many customers a node lets in, without a network. */
class ConnectionLimitTest {
    private static final class Door implements Socket {
        private final List<String> written = new ArrayList<>();
        private CloseCode closed;

        @Override
        public void write(String text, Runnable taken) {
            written.add(text);
        }

        @Override
        public void close(CloseCode code) {
            closed = code;
        }
    }

    private static LiveNode node(String limit, String value) {
        LiveConfig config = new SmallRyeConfigBuilder()
                .withMapping(LiveConfig.class)
                .withDefaultValue("replyloop.live." + limit, value)
                .build()
                .getConfigMapping(LiveConfig.class);
        assertThat(config.helloWithin()).isEqualTo(Duration.ofSeconds(10));
        ConnectionRegistry switchboard = new ConnectionRegistry(new FrameCodec());
        return new LiveNode(
                config,
                new FrameCodec(),
                null,
                null,
                null,
                null,
                null,
                null,
                switchboard,
                new Presence(switchboard),
                null,
                null,
                null);
    }

    private static CloseCode enter(LiveNode node, String address) {
        Door door = new Door();
        node.customerConnected(door, address);
        if (door.closed != null) {
            assertThat(door.written).singleElement().asString().contains("\"rate-limited\"");
        }
        return door.closed;
    }

    @Test
    void one_address_cannot_take_the_room_of_all() {
        LiveNode node = node("connections-per-address", "2");
        CustomerConnection first = node.customerConnected(new Door(), "a");
        assertThat(enter(node, "a")).isNull();
        assertThat(enter(node, "a")).isEqualTo(CloseCode.TOO_MUCH);
        assertThat(enter(node, "b")).isNull();

        node.ended(first);
        node.ended(first);
        assertThat(enter(node, "a")).isNull();
        assertThat(enter(node, "a")).isEqualTo(CloseCode.TOO_MUCH);
    }

    @Test
    void one_who_was_turned_away_makes_no_room_by_leaving() {
        LiveNode node = node("customer-connections", "1");
        node.customerConnected(new Door(), "a");
        CustomerConnection turnedAway = node.customerConnected(new Door(), "b");
        node.ended(turnedAway);
        assertThat(enter(node, "c")).isEqualTo(CloseCode.TOO_MUCH);
    }
}
