package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.frames.CustomerCommand;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.frames.FrameCodec;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The limits of a connection without a network. Written frames are taken, and tasks run, on demand. */
class ConnectionTest {
    private static final LiveConfig LIMITS =
            new SmallRyeConfigBuilder().withMapping(LiveConfig.class).build().getConfigMapping(LiveConfig.class);

    private final ManualSocket socket = new ManualSocket();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final RecordingConnection connection = new RecordingConnection();

    private static final class ManualSocket implements Socket {
        private final List<String> written = new ArrayList<>();
        private final Queue<Runnable> notTaken = new ArrayDeque<>();
        private CloseCode closed;

        @Override
        public void write(String text, Runnable taken) {
            written.add(text);
            notTaken.add(taken);
        }

        @Override
        public void close(CloseCode code) {
            closed = code;
        }

        void takeAll() {
            while (!notTaken.isEmpty()) {
                notTaken.poll().run();
            }
        }
    }

    private final class RecordingConnection extends Connection<CustomerCommand> {
        private final FrameCodec codec = new FrameCodec();
        private final List<CustomerCommand> handled = new ArrayList<>();
        private RuntimeException failure;

        RecordingConnection() {
            // Time stands still: however slow the machine is, no permission comes back.
            super(socket, LIMITS, () -> 0);
        }

        @Override
        Executor executor() {
            return tasks::add;
        }

        @Override
        CustomerCommand parse(String text) {
            return codec.customerCommand(text);
        }

        @Override
        boolean handleImmediately(CustomerCommand command) {
            return command instanceof CustomerCommand.Ping;
        }

        @Override
        void handle(CustomerCommand command) {
            if (failure != null) {
                throw failure;
            }
            handled.add(command);
        }

        @Override
        String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis) {
            return codec.write(new CustomerFrame.ProblemFrame(code, message, id, retryAfterMillis));
        }

        @Override
        Long sequenceOf(ConversationEventView event) {
            return event.publicSequence();
        }

        @Override
        String textOf(ConversationEventView event) {
            return codec.write(CustomerFrame.Event.of(event));
        }

        @Override
        List<ConversationEventView> eventsAfter(UUID conversation, long sequence, int limit) {
            return List.of();
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private static String send(UUID id) {
        return "{\"type\":\"send\",\"id\":\"" + id + "\",\"text\":\"Hello?\"}";
    }

    @Test
    void a_client_that_leaves_too_many_frames_unread_is_disconnected_and_nothing_more_is_buffered() {
        for (int i = 0; i < 10_000; i++) {
            connection.send("frame");
        }
        assertThat(socket.closed).isEqualTo(CloseCode.LIMIT_EXCEEDED);
        assertThat(socket.written).hasSize(LIMITS.maxUnreadFrames());
    }

    @Test
    void a_client_that_leaves_too_much_text_unread_is_disconnected() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            connection.send(large);
        }
        assertThat(socket.closed).isEqualTo(CloseCode.LIMIT_EXCEEDED);
        assertThat(socket.written).hasSize(LIMITS.maxUnreadCharacters() / 100_000);
    }

    @Test
    void a_client_that_keeps_up_can_receive_any_amount() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            connection.send(large);
            socket.takeAll();
        }
        assertThat(socket.closed).isNull();
        assertThat(socket.written).hasSize(1_000);
    }

    @Test
    void history_waits_for_a_slow_client() {
        connection.send("x".repeat(200_000));
        assertThat(connection.isBehind()).isTrue();
        connection.whenDrained(() -> connection.send("the rest"));
        runTasks();
        assertThat(socket.written).hasSize(1);
        socket.takeAll();
        runTasks();
        assertThat(socket.written).hasSize(2);
        assertThat(connection.isBehind()).isFalse();
    }

    @Test
    void commands_are_handled_in_order() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(UUID.randomUUID());
            connection.receive(send(ids.get(i)));
            if (i % 7 == 0) {
                runTasks();
            }
        }
        runTasks();
        assertThat(connection.handled.stream().map(CustomerCommand::id)).isEqualTo(ids);
    }

    @Test
    void nothing_is_handled_after_the_connection_has_ended() {
        connection.receive(send(UUID.randomUUID()));
        connection.ended();
        connection.receive(send(UUID.randomUUID()));
        runTasks();
        assertThat(connection.handled).isEmpty();
    }

    @Test
    void while_the_database_is_away_a_send_is_refused_with_its_id_and_the_connection_stays_open() {
        UUID id = UUID.randomUUID();
        connection.failure = new IllegalStateException(new SQLException("gone", "08006"));
        connection.receive(send(id));
        runTasks();
        assertThat(socket.written.get(0)).contains("\"unavailable\"").contains(id.toString());
        assertThat(socket.closed).isNull();

        connection.failure = null;
        connection.receive(send(id));
        runTasks();
        assertThat(connection.handled).hasSize(1);
    }

    @Test
    void a_defect_is_reported_with_a_reference_and_no_details() {
        connection.failure = new IllegalStateException("secret of the house");
        connection.receive(send(UUID.randomUUID()));
        runTasks();
        assertThat(socket.written.get(0)).contains("\"internal\"").doesNotContain("secret");
    }

    @Test
    void more_waiting_commands_than_allowed_are_refused() {
        for (int i = 0; i < LIMITS.frameBurst(); i++) {
            connection.receive(send(UUID.randomUUID()));
        }
        connection.receive(send(UUID.randomUUID()));
        assertThat(socket.written).hasSize(1);
        assertThat(socket.written.get(0)).contains("\"rate-limited\"").contains("retryAfterMillis");
    }

    @Test
    void no_received_text_causes_an_internal_error() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000 && socket.closed == null; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(60); c > 0; c--) {
                text.append((char) random.nextInt(0x10000));
            }
            connection.receive(text.toString());
            socket.takeAll();
        }
        runTasks();
        assertThat(socket.closed).isEqualTo(CloseCode.LIMIT_EXCEEDED);
        assertThat(socket.written)
                .allSatisfy(frame -> assertThat(frame).contains("\"problem\"").doesNotContain("\"internal\""));
    }
}
