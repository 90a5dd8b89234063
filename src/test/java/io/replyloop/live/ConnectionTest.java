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
import org.junit.jupiter.api.Test;

/** The limits of a connection, without a network: what is written is taken by hand, and tasks run when told to. */
class ConnectionTest {
    private static final LiveConfig LIMITS =
            new SmallRyeConfigBuilder().withMapping(LiveConfig.class).build().getConfigMapping(LiveConfig.class);

    private final HandSocket socket = new HandSocket();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final RecordingSession session = new RecordingSession();

    private static final class HandSocket implements Socket {
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

    private final class RecordingSession extends Connection<CustomerCommand> {
        private final FrameCodec codec = new FrameCodec();
        private final List<CustomerCommand> handled = new ArrayList<>();
        private RuntimeException failure;

        RecordingSession() {
            super(socket, LIMITS, tasks::add);
        }

        @Override
        CustomerCommand parse(String text) {
            return codec.customerCommand(text);
        }

        @Override
        boolean handleAtOnce(CustomerCommand command) {
            return command instanceof CustomerCommand.Ping;
        }

        @Override
        boolean handle(CustomerCommand command) {
            if (failure != null) {
                throw failure;
            }
            handled.add(command);
            return true;
        }

        @Override
        String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis) {
            return codec.write(new CustomerFrame.ProblemFrame(code, message, id, retryAfterMillis));
        }

        @Override
        Long numberOf(ConversationEventView event) {
            return event.publicSequence();
        }

        @Override
        String textOf(ConversationEventView event) {
            return codec.write(CustomerFrame.Event.of(event));
        }

        @Override
        List<ConversationEventView> eventsAfter(UUID conversation, long number, int limit) {
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
    void a_reader_that_lets_too_many_frames_lie_is_dropped_and_nothing_more_is_kept_for_it() {
        for (int i = 0; i < 10_000; i++) {
            session.send("frame");
        }
        assertThat(socket.closed).isEqualTo(CloseCode.TOO_MUCH);
        assertThat(socket.written).hasSize(LIMITS.maxUnreadFrames());
    }

    @Test
    void a_reader_that_lets_too_much_text_lie_is_dropped() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            session.send(large);
        }
        assertThat(socket.closed).isEqualTo(CloseCode.TOO_MUCH);
        assertThat(socket.written).hasSize(LIMITS.maxUnreadCharacters() / 100_000);
    }

    @Test
    void a_reader_that_keeps_up_can_receive_any_amount() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            session.send(large);
            socket.takeAll();
        }
        assertThat(socket.closed).isNull();
        assertThat(socket.written).hasSize(1_000);
    }

    @Test
    void history_waits_for_the_reader() {
        session.send("x".repeat(200_000));
        assertThat(session.isBehind()).isTrue();
        session.whenRead(() -> session.send("the rest"));
        runTasks();
        assertThat(socket.written).hasSize(1);
        socket.takeAll();
        runTasks();
        assertThat(socket.written).hasSize(2);
        assertThat(session.isBehind()).isFalse();
    }

    @Test
    void commands_are_handled_in_order() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(UUID.randomUUID());
            session.receive(send(ids.get(i)));
            if (i % 7 == 0) {
                runTasks();
            }
        }
        runTasks();
        assertThat(session.handled.stream().map(CustomerCommand::id)).isEqualTo(ids);
    }

    @Test
    void nothing_is_handled_after_the_connection_has_ended() {
        session.receive(send(UUID.randomUUID()));
        session.ended();
        session.receive(send(UUID.randomUUID()));
        runTasks();
        assertThat(session.handled).isEmpty();
    }

    @Test
    void while_the_database_is_away_a_send_is_refused_with_its_id_and_the_connection_stays() {
        UUID id = UUID.randomUUID();
        session.failure = new IllegalStateException(new SQLException("gone", "08006"));
        session.receive(send(id));
        runTasks();
        assertThat(socket.written.get(0)).contains("\"unavailable\"").contains(id.toString());
        assertThat(socket.closed).isNull();

        session.failure = null;
        session.receive(send(id));
        runTasks();
        assertThat(session.handled).hasSize(1);
    }

    @Test
    void a_defect_is_told_with_a_reference_and_nothing_else() {
        session.failure = new IllegalStateException("secret of the house");
        session.receive(send(UUID.randomUUID()));
        runTasks();
        assertThat(socket.written.get(0)).contains("\"internal\"").doesNotContain("secret");
    }

    @Test
    void more_waiting_commands_than_allowed_are_refused() {
        for (int i = 0; i < LIMITS.frameBurst(); i++) {
            session.receive(send(UUID.randomUUID()));
        }
        session.receive(send(UUID.randomUUID()));
        assertThat(socket.written).hasSize(1);
        assertThat(socket.written.get(0)).contains("\"rate-limited\"").contains("retryAfterMillis");
    }

    @Test
    void no_text_at_all_gets_through_to_a_failure() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000 && socket.closed == null; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(60); c > 0; c--) {
                text.append((char) random.nextInt(0x10000));
            }
            session.receive(text.toString());
            socket.takeAll();
        }
        runTasks();
        assertThat(socket.closed).isEqualTo(CloseCode.TOO_MUCH);
        assertThat(socket.written)
                .allSatisfy(frame -> assertThat(frame).contains("\"problem\"").doesNotContain("\"internal\""));
    }
}
