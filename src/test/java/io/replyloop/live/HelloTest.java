package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerPass;
import io.replyloop.signin.SessionDevice;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A customer's first {@code hello} without a network. Tasks run on demand; no connection is allowed to be registered.
 */
class HelloTest {
    private static final LiveConfig NO_CONNECTIONS = new SmallRyeConfigBuilder()
            .withMapping(LiveConfig.class)
            .withDefaultValue("replyloop.live.connections-per-customer", "0")
            .build()
            .getConfigMapping(LiveConfig.class);

    private static final CustomerIdentity WEI =
            new CustomerIdentity(UUID.randomUUID(), UUID.randomUUID(), null, null, null);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> verified = new ArrayList<>();
    private Instant expiresAt = Instant.now().plusSeconds(60);
    private final List<String> written = new ArrayList<>();
    private CloseCode closed;

    private final Socket socket = new Socket() {
        @Override
        public void write(String text, Runnable taken) {
            written.add(text);
        }

        @Override
        public void close(CloseCode code) {
            closed = code;
        }
    };

    private CustomerConnection connection() {
        FrameCodec codec = new FrameCodec();
        ConnectionRegistry registry = new ConnectionRegistry(codec);
        CustomerAdmission admission = new CustomerAdmission(null, null) {
            @Override
            CustomerPass verify(String token) {
                verified.add(token);
                return new CustomerPass(WEI, Instant.EPOCH, expiresAt, 0, Map.of());
            }
        };
        return new CustomerConnection(
                socket,
                "an address",
                SessionDevice.UNKNOWN,
                new CustomerConnection.Services(
                        NO_CONNECTIONS,
                        codec,
                        admission,
                        new CustomerCommandHandler(
                                null, null, null, null, new MessageVolume(NO_CONNECTIONS), null, null),
                        registry,
                        new Presence(registry),
                        new KeyedSerialExecutor(tasks::add),
                        new LiveMetrics(registry, null, new SimpleMeterRegistry())));
    }

    private static String hello(String token) {
        return "{\"type\":\"hello\",\"token\":\"" + token + "\",\"after\":0}";
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void the_token_is_verified_once() {
        connection().receive(hello("a.b.c"));
        runTasks();
        assertThat(verified).containsExactly("a.b.c");
        assertThat(written).singleElement().asString().contains("\"rate-limited\"");
        assertThat(closed).isEqualTo(CloseCode.LIMIT_EXCEEDED);
    }

    @Test
    void a_token_that_expires_while_its_hello_is_queued_is_refused() {
        expiresAt = Instant.now().plusSeconds(2);
        connection().receive(hello("a.b.c"));
        tasks.poll().run();
        assertThat(verified).hasSize(1);
        assertThat(closed).isNull();

        await().until(() -> !Instant.now().isBefore(expiresAt));
        runTasks();
        assertThat(written).singleElement().asString().contains("\"token-expired\"");
        assertThat(closed).isEqualTo(CloseCode.SIGNED_OUT);
    }
}
