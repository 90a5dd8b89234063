package io.replyloop.live;

import static io.replyloop.signin.Team.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.identity.Role;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.LogsAnew;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL hangs, is killed, or accepts no writes, and then recovers. */
@QuarkusTest
class DatabaseAwayTest extends LiveTest {
    @Inject
    DataSource pool;

    @Inject
    Session session;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @BeforeAll
    static void onlyWhereProcessesCanBeHeld() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "needs /bin/kill to hold PostgreSQL");
    }

    @Test
    void a_chat_survives_a_database_outage_of_ten_seconds() throws Exception {
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

    @Test
    void a_killed_database_restarts_and_every_message_in_flight_is_stored_once() throws Exception {
        SocketClient customer = customer(visitor(), 0);
        List<String> texts =
                IntStream.range(0, 12).mapToObj(i -> "Message " + i).toList();
        String conversation = null;
        String postmaster = postmaster();
        for (String text : texts) {
            UUID id = UUID.randomUUID();
            customer.send("send", "id", id, "text", text);
            if (text.equals(texts.get(4))) {
                signal("KILL", postmaster);
            }
            JsonNode answer = customer.next(
                    "ack", "problem", frame -> frame.path("id").asText().equals(id.toString()));
            if (answer.get("type").textValue().equals("problem")) {
                assertThat(answer.get("code").textValue()).isEqualTo("unavailable");
                answer = acknowledged(customer, id, text);
            }
            conversation = answer.get("conversation").textValue();
        }
        assertThat(conversations.eventsAfter(UUID.fromString(conversation), 0, 50))
                .extracting(ConversationEventView::text)
                .isEqualTo(texts);
        ready();
    }

    @Test
    void a_full_disk_is_reported_as_unavailable_and_refused_messages_can_be_sent_later() throws Exception {
        SocketClient customer = customer(visitor(), 0);
        Team.Member admin = team.newMember(Role.ADMIN);
        UUID id = UUID.randomUUID();
        execute("create function full_disk() returns trigger language plpgsql as $$ begin"
                + " raise 'could not extend file: No space left on device' using errcode = '53100'; end $$");
        try {
            execute("create trigger full_disk before insert on conversation_event"
                    + " for each row execute function full_disk()");
            execute("create trigger full_disk before insert on reply for each row execute function full_disk()");
            customer.send("send", "id", id, "text", "Meanwhile");
            assertThat(customer.nextProblem("unavailable").get("id").textValue())
                    .isEqualTo(id.toString());
            as(admin)
                    .body(Map.of("title", "Hours", "text", "We open at nine."))
                    .post("/api/replies")
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("unavailable"))
                    .body("reference", notNullValue());
        } finally {
            execute("drop function full_disk() cascade");
        }
        assertThat(acknowledged(customer, id).get("sequence").longValue()).isEqualTo(1);
    }

    @Test
    void a_read_only_database_is_unavailable_and_not_ready_until_it_accepts_messages_again() throws Exception {
        SocketClient customer = customer(visitor(), 0);
        Team.Member agent = team.newMember(Role.AGENT);
        team.sql(
                "update agent_session set last_seen_at = now() - interval '5 minutes' where account_id = :value",
                agent.agent().id());
        UUID id = UUID.randomUUID();
        try {
            execute("alter system set default_transaction_read_only = on");
            execute("select pg_reload_conf()");
            notReady("it is read-only");
            customer.send("send", "id", id, "text", "Meanwhile");
            customer.nextProblem("unavailable");
            as(agent).get("/api/conversations").then().statusCode(200);
        } finally {
            execute("alter system reset default_transaction_read_only");
            execute("select pg_reload_conf()");
        }
        ready();
        assertThat(acknowledged(customer, id).get("sequence").longValue()).isEqualTo(1);
    }

    @Test
    void a_node_without_a_free_database_connection_is_not_ready_until_there_is_one() throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            SQLException refused = null;
            while (refused == null) {
                try {
                    taken.add(DriverManager.getConnection(url, user, password));
                } catch (SQLException none) {
                    refused = none;
                }
            }
            assertThat(refused.getSQLState()).isEqualTo("53300");
            assertThat(DatabaseAway.causedBy(refused)).isTrue();
            notReady("no connection is left");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        ready();
    }

    @Test
    void a_connection_that_breaks_during_a_transaction_is_logged_in_one_line_with_its_reference() throws Exception {
        whileStoringIs("perform pg_terminate_backend(pg_backend_pid()); return null;", shown -> {
            // At a statement, and at the commit.
            List<String> references = new ArrayList<>(List.of(referenceOfRefused(false)));
            references.add(referenceOfRefused(true));
            assertThat(shown)
                    .noneMatch(record ->
                            record.getThrown() != null && record.getLoggerName().contains("jta"));
            for (String reference : references) {
                assertThat(shown)
                        .extracting(new PatternFormatter("%s%e")::format)
                        .filteredOn(line -> line.contains(reference))
                        .singleElement()
                        .asString()
                        .contains("terminating connection due to administrator command")
                        .doesNotContain("\tat ");
            }
            assertThat(shown).noneMatch(record -> record.getLoggerName().startsWith("org.hibernate"));
        });
    }

    @Test
    void a_full_disk_is_logged_once_a_minute_and_without_statements() throws Exception {
        whileStoringIs("raise exception 'could not extend file' using errcode = '53100';", shown -> {
            Set<String> references = new HashSet<>();
            for (int index = 0; index < 5; index++) {
                references.add(referenceOfRefused(false));
            }
            assertThat(references).hasSize(1);
            List<String> lines = shown.stream()
                    .map(new PatternFormatter("%s%e")::format)
                    .filter(line -> line.contains("could not extend file"))
                    .toList();
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .contains(references.iterator().next(), "53100")
                    .doesNotContain("insert into");
            assertThat(shown).noneMatch(record -> record.getLoggerName().startsWith("org.hibernate"));
        });
    }

    /** @param test receives the records that the console logs meanwhile */
    private void whileStoringIs(String broken, Consumer<List<LogRecord>> test) throws Exception {
        List<LogRecord> shown = new CopyOnWriteArrayList<>();
        Handler listener = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord record) {
                if (consoles(LogManager.getLogManager().getLogger("").getHandlers())
                        .allMatch(console -> console.isLoggable(record))) {
                    shown.add(record);
                }
            }
        };
        execute("create function broken() returns trigger language plpgsql as $$ begin " + broken + " end $$");
        LogsAnew.everything();
        LogManager.getLogManager().getLogger("").addHandler(listener);
        try {
            execute("create constraint trigger broken after insert on signing_key deferrable initially immediate"
                    + " for each row execute function broken()");
            test.accept(shown);
        } finally {
            LogManager.getLogManager().getLogger("").removeHandler(listener);
            execute("drop function broken() cascade");
        }
    }

    private String referenceOfRefused(boolean atTheEnd) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                if (atTheEnd) {
                    session.createNativeMutationQuery("set constraints broken deferred")
                            .executeUpdate();
                }
                session.createNativeMutationQuery(
                                "insert into signing_key (id, secret, retired_at) values (:id, '', now())")
                        .setParameter("id", UUID.randomUUID())
                        .executeUpdate();
            });
            throw new AssertionError("It was stored");
        } catch (RuntimeException broken) {
            assertThat(DatabaseAway.causedBy(broken)).isTrue();
            return ProblemMappers.logged(broken);
        }
    }

    private static Stream<Handler> consoles(Handler... handlers) {
        return Stream.of(handlers)
                .flatMap(handler -> handler instanceof ConsoleHandler
                        ? Stream.of(handler)
                        : handler instanceof ExtHandler outer ? consoles(outer.getHandlers()) : Stream.of());
    }

    @Test
    void transient_sql_states_are_distinguished_from_refused_statements() {
        assertThat(List.of("08006", "25006", "40P01", "53100", "53200", "53300", "57014", "57P01", "58030"))
                .allMatch(state -> DatabaseAway.causedBy(new IllegalStateException(new SQLException("", state))));
        assertThat(List.of("22021", "23505", "42601", "25P02", "0A000"))
                .noneMatch(state -> DatabaseAway.causedBy(new IllegalStateException(new SQLException("", state))));
    }

    private static void notReady(String problem) {
        await().until(() -> given().get("/api/health/ready").statusCode() == 503);
        given().get("/api/health/ready")
                .then()
                .body("checks.find { it.name == 'database' }.data.problem", equalTo(problem));
        given().get("/api/health/live").then().statusCode(200);
    }

    private static void ready() {
        await().until(() -> given().get("/api/health/ready").statusCode() == 200);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Repeats the send until it is acknowledged, waiting as long as the server demands, as a page does. */
    private static JsonNode acknowledged(SocketClient customer, UUID id) throws InterruptedException {
        return acknowledged(customer, id, "Meanwhile");
    }

    private static JsonNode acknowledged(SocketClient customer, UUID id, String text) throws InterruptedException {
        while (true) {
            customer.send("send", "id", id, "text", text);
            JsonNode answer = customer.next(
                    "ack", "problem", frame -> frame.path("id").asText().equals(id.toString()));
            if (answer.get("type").textValue().equals("ack")) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(answer.path("retryAfterMillis").asLong());
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
            await().during(Duration.ofSeconds(1)).until(() -> endOthers(statement) == 0);
            statement.execute("select pg_terminate_backend(pg_backend_pid())");
        } catch (SQLException ownConnectionEnded) {
            assertThat(ownConnectionEnded.getSQLState()).startsWith("57P");
        }
    }

    /** A connection that is being opened may not be listed yet. */
    private static int endOthers(Statement statement) throws SQLException {
        try (ResultSet ended = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
            ended.next();
            return ended.getInt(1);
        }
    }

    private static void signal(String name, String process) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("/bin/kill", "-" + name, process).start().waitFor();
        assertThat(status).isZero();
    }
}
