package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.frames.FrameCodec;
import io.replyloop.signin.SessionDevice;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits on the connections of a node, without a network. */
class ConnectionLimitTest {
    private static final class RecordingSocket implements Socket {
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

    private static ConnectionLifecycle lifecycle(String limit, String value) {
        LiveConfig config = new SmallRyeConfigBuilder()
                .withMapping(LiveConfig.class)
                .withDefaultValue("replyloop.live." + limit, value)
                .build()
                .getConfigMapping(LiveConfig.class);
        assertThat(config.helloWithin()).isEqualTo(Duration.ofSeconds(10));
        FrameCodec codec = new FrameCodec();
        ConnectionRegistry registry = new ConnectionRegistry(codec);
        Presence presence = new Presence(registry);
        return new ConnectionLifecycle(
                config,
                new ConnectionLimit(config),
                registry,
                presence,
                null,
                new CustomerConnection.Services(config, codec, null, null, registry, presence, null, null),
                null);
    }

    private static CloseCode open(ConnectionLifecycle lifecycle, String address) {
        RecordingSocket socket = new RecordingSocket();
        lifecycle.openCustomer(socket, address, SessionDevice.UNKNOWN);
        if (socket.closed != null) {
            assertThat(socket.written).singleElement().asString().contains("\"rate-limited\"");
        }
        return socket.closed;
    }

    @Test
    void one_address_cannot_use_up_the_connections_of_all() {
        ConnectionLifecycle lifecycle = lifecycle("connections-per-address", "2");
        CustomerConnection first = lifecycle.openCustomer(new RecordingSocket(), "a", SessionDevice.UNKNOWN);
        assertThat(open(lifecycle, "a")).isNull();
        assertThat(open(lifecycle, "a")).isEqualTo(CloseCode.LIMIT_EXCEEDED);
        assertThat(open(lifecycle, "b")).isNull();

        lifecycle.ended(first);
        lifecycle.ended(first);
        assertThat(open(lifecycle, "a")).isNull();
        assertThat(open(lifecycle, "a")).isEqualTo(CloseCode.LIMIT_EXCEEDED);
    }

    @Test
    void a_rejected_connection_frees_nothing_when_it_ends() {
        ConnectionLifecycle lifecycle = lifecycle("customer-connections", "1");
        lifecycle.openCustomer(new RecordingSocket(), "a", SessionDevice.UNKNOWN);
        CustomerConnection rejected = lifecycle.openCustomer(new RecordingSocket(), "b", SessionDevice.UNKNOWN);
        lifecycle.ended(rejected);
        assertThat(open(lifecycle, "c")).isEqualTo(CloseCode.LIMIT_EXCEEDED);
    }
}
