package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationEventView;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL loses its connections and answers nobody, as it does when its machine hangs, and then comes back. */
@QuarkusTest
class DatabaseAwayTest extends LiveTest {
    @Inject
    DataSource pool;

    @BeforeAll
    static void onlyWhereProcessesCanBeHeld() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "needs /bin/kill to hold PostgreSQL");
    }

    @Test
    void a_chat_survives_a_database_that_goes_away_for_ten_seconds() throws Exception {
        Visitor visitor = visitor();
        SocketClient customer = customer(visitor, 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Before");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient agent = agent();
        agent.send("open", "conversation", conversation, "after", 0);
        agent.next("opened");

        UUID id = UUID.randomUUID();
        String postmaster = postmaster();
        signal("STOP", postmaster);
        try {
            endConnections();
            long back = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            do {
                customer.send("send", "id", id, "text", "Meanwhile");
                customer.send("ping");
                customer.next("pong");
                JsonNode problem = customer.nextProblem("unavailable");
                assertThat(problem.get("id").textValue()).isEqualTo(id.toString());
            } while (System.nanoTime() < back);
            UUID answer = UUID.randomUUID();
            agent.send("send", "id", answer, "conversation", conversation, "text", "Also meanwhile");
            JsonNode refused =
                    agent.next("problem", frame -> frame.path("id").asText().equals(answer.toString()));
            assertThat(refused.get("code").textValue()).isEqualTo("unavailable");
        } finally {
            signal("CONT", postmaster);
        }

        JsonNode ack = acknowledged(customer, id);
        assertThat(ack.get("sequence").longValue()).isEqualTo(2);
        JsonNode event = agent.next("event", frame -> frame.get("sequence").longValue() == 2);
        assertThat(event.get("text").textValue()).isEqualTo("Meanwhile");
        assertThat(customer.isOpen()).isTrue();
        assertThat(agent.isOpen()).isTrue();
        assertThat(conversations.eventsAfter(UUID.fromString(conversation), 0, 10))
                .extracting(ConversationEventView::text)
                .containsExactly("Before", "Meanwhile");
    }

    /** Repeats the send until it is acknowledged, as a page does. */
    private static JsonNode acknowledged(SocketClient customer, UUID id) {
        while (true) {
            customer.send("send", "id", id, "text", "Meanwhile");
            JsonNode answer = customer.next(
                    "ack", "problem", frame -> frame.path("id").asText().equals(id.toString()));
            if (answer.get("type").textValue().equals("ack")) {
                return answer;
            }
        }
    }

    private String postmaster() throws SQLException, IOException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show data_directory")) {
            answer.next();
            return Files.readAllLines(Path.of(answer.getString(1), "postmaster.pid"))
                    .get(0)
                    .strip();
        }
    }

    private void endConnections() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like 'replyloop%' and pid <> pg_backend_pid()");
            statement.execute("select pg_terminate_backend(pg_backend_pid())");
        } catch (SQLException ownConnectionEnded) {
            assertThat(ownConnectionEnded.getSQLState()).startsWith("57P");
        }
    }

    private static void signal(String name, String process) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("/bin/kill", "-" + name, process).start().waitFor();
        assertThat(status).isZero();
    }
}
