package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A client that leaves while its socket is opened: no event says so. */
@QuarkusTest
class LostSocketTest extends LiveTest {
    @Inject
    ConnectionLifecycle lifecycle;

    @Inject
    ConnectionRegistry registry;

    private static final class Lost implements Socket {
        private volatile boolean closed;

        @Override
        public void write(String text, Runnable written) {
            written.run();
        }

        @Override
        public void close(CloseCode code) {}

        @Override
        public boolean isClosed() {
            return closed;
        }
    }

    @Test
    void an_agent_whose_socket_was_lost_without_a_word_is_not_online() {
        SignedInAgent ada = team.newMember(Role.AGENT).agent();
        Lost socket = new Lost();
        lifecycle.openAgent(socket, ada, "lost");
        assertThat(registry.isOnline(ada.id())).isTrue();

        socket.closed = true;

        await().until(() -> !registry.isOnline(ada.id()));
    }
}
