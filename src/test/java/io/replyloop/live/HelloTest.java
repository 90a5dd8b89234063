package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerPass;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A customer's first hello, without a network: tasks run when told to. Nobody has room, so none gets far. */
class HelloTest {
    private static final LiveConfig NO_ROOM = new SmallRyeConfigBuilder()
            .withMapping(LiveConfig.class)
            .withDefaultValue("replyloop.live.connections-per-customer", "0")
            .build()
            .getConfigMapping(LiveConfig.class);

    private static final CustomerIdentity WEI =
            new CustomerIdentity(UUID.randomUUID(), UUID.randomUUID(), null, null, null);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> verified = new ArrayList<>();
    private Instant end = Instant.now().plusSeconds(60);
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

    private CustomerConnection session() {
        FrameCodec codec = new FrameCodec();
        ConnectionRegistry switchboard = new ConnectionRegistry(codec);
        return new CustomerConnection(
                socket,
                "an address",
                new CustomerConnection.Services(
                        codec,
                        token -> {
                            verified.add(token);
                            return new CustomerPass(WEI, Instant.EPOCH, end, 0);
                        },
                        pass -> {},
                        new MessageVolume(NO_ROOM),
                        null,
                        switchboard,
                        null,
                        new Presence(switchboard),
                        new KeyedSerialExecutor(tasks::add),
                        NO_ROOM,
                        tasks::add));
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
        session().receive(hello("a.b.c"));
        runTasks();
        assertThat(verified).containsExactly("a.b.c");
        assertThat(written).singleElement().asString().contains("\"rate-limited\"");
        assertThat(closed).isEqualTo(CloseCode.TOO_MUCH);
    }

    @Test
    void a_token_that_ends_while_its_customer_stands_in_line_lets_nobody_in() {
        end = Instant.now().plusSeconds(2);
        session().receive(hello("a.b.c"));
        tasks.poll().run();
        assertThat(verified).hasSize(1);
        assertThat(closed).isNull();

        await().until(() -> !Instant.now().isBefore(end));
        runTasks();
        assertThat(written).singleElement().asString().contains("\"token-expired\"");
        assertThat(closed).isEqualTo(CloseCode.SIGNED_OUT);
    }
}
