package io.replyloop.history;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.platform.ApplicationFolder;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is taken of a file, by whom, and what becomes of it when somebody or something stops the work. */
@QuarkusTest
class HistoryWorkTest extends HistoryOverRest {
    @Inject
    ApplicationFolder dataFolder;

    @Test
    void the_same_conversation_is_taken_once_in_a_file_and_in_later_ones() {
        String first = conversation("1", "a", "May I bring my parrot?", "Yes, parrots are welcome.");
        String again = conversation("1", "a", "may I bring  my parrot?", "Yes, parrots are welcome.");
        String other = conversation("2", "a", "May I bring my parrot?", "Yes, parrots are welcome.");
        JsonPath once = untilState(upload(String.join("\n", first, again, other)), "ready");
        assertThat(once.getInt("report.conversations")).isEqualTo(2);
        assertThat(once.getString("report.leftOut[0].why")).isEqualTo("repeated");
        assertThat(once.getList("report.leftOut[0].lines")).isEqualTo(List.of(2));

        JsonPath later = untilState(upload(first + "\n" + conversation("3", "a", "Hi there", "Hello!")), "ready");
        assertThat(later.getInt("report.conversations")).isEqualTo(1);
        assertThat(later.getString("report.leftOut[0].why")).isEqualTo("imported-before");
    }

    @Test
    void only_masked_texts_are_stored_and_the_file_is_gone() {
        String file = conversation(
                "7",
                "+49 151 23456789",
                "My card is 4111 1111 1111 1111, mail me at zoe.private@example.org",
                "We write to zoe.private@example.org today.");
        untilState(upload(file + "\n" + file.replace("\"7\"", "\"8\"")), "ready");

        assertThat(contents())
                .contains("[card]")
                .contains("[email]")
                .doesNotContain("zoe.private")
                .doesNotContain("4111");
        assertThat(contents()).doesNotContain("23456789");
        assertThat(files.here()).isEmpty();
    }

    @Test
    void what_was_read_is_deleted_when_it_is_cancelled() {
        String id = upload(parrots());
        untilState(id, "ready");
        as(admin).post(HISTORY + "/" + id + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
        assertThat(rows("history_conversation")).isZero();
        assertThat(rows("history_draft")).isZero();
        as(admin).post(HISTORY + "/" + id + "/import").then().statusCode(409);
        as(admin).post(HISTORY + "/" + id + "/cancel").then().statusCode(409);
    }

    /** As after a kill: the row says that a node works on it, part of the conversations is there, and so is the file. */
    @Test
    void another_start_goes_on_where_a_killed_node_was_and_takes_nothing_twice() {
        UUID id = UUID.randomUUID();
        UUID dead = UUID.randomUUID();
        begin(id);
        HistoryStore.Work killed =
                leases.claim(dead, Duration.ofHours(1), List.of(id), true).orElseThrow();
        store.startReading(killed);
        store.add(
                killed,
                List.of(new HistoryStore.Conversation(
                        UUID.randomUUID(),
                        0,
                        "",
                        List.of(),
                        "half",
                        "- May I bring my parrot?\n> Yes.",
                        new MessageTimes(null, List.of()))));
        files.store(id, new ByteArrayInputStream(parrots().getBytes(StandardCharsets.UTF_8)));
        work.wake();
        assertThat(work.next()).isEmpty();

        team.sql("update history_import set lease_until = now() - interval '1 second' where id = :value", id);
        work.wake();

        JsonPath ready = untilState(id.toString(), "ready");
        assertThat(ready.getInt("report.conversations")).isEqualTo(5);
        assertThat(rows("history_conversation")).isEqualTo(5);
        // Whoever was taken for dead and is not can change nothing any more.
        assertThatExceptionOfType(HistoryStore.NotOurs.class).isThrownBy(() -> store.progress(killed, "reading", 1, 2));
    }

    @Test
    void whoever_cancels_does_not_wait_for_a_third_of_the_lease() {
        assertThat(HistoryWork.watchedEvery(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(1));
        assertThat(HistoryWork.watchedEvery(Duration.ofMillis(300))).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void remembering_goes_on_after_a_kill_between_two_parts() {
        UUID reply = chat.published("Yes, parrots are welcome in the shop.");
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 230; i++) {
            file.append(conversation(
                            "p" + i,
                            "c" + i,
                            "May parrot number " + i + " come into shop " + 7 * i + "?",
                            "Yes, parrots are welcome in the shop."))
                    .append('\n');
        }
        String id = upload(file.toString());
        int matched = untilState(id, "ready").getInt("report.matched");
        assertThat(matched).isEqualTo(230);
        HistoryStore.Work killed = claimedByADeadNode(id, "importing");
        int last = remembering.remember(killed, -1, 230);
        assertThat(last).isEqualTo(199);
        assertThat(questions(reply)).isEqualTo(200);

        letLeaseEnd(id);
        work.wake();
        untilState(id, "imported");
        assertThat(questions(reply)).isEqualTo(230);
    }

    @Test
    void an_import_that_fails_while_it_is_learned_from_keeps_its_texts_and_can_be_undone() {
        UUID reply = chat.published("Yes, parrots are welcome in the shop.");
        String id = upload(parrots());
        untilState(id, "ready");
        HistoryStore.Work killed = claimedByADeadNode(id, "importing");
        remembering.remember(killed, -1, 5);
        assertThat(questions(reply)).isPositive();

        store.fail(killed, "broken");

        assertThat(rows("history_conversation")).isEqualTo(5);
        as(admin)
                .get(HISTORY + "/" + id)
                .then()
                .body("state", equalTo("failed"))
                .body("undoable", equalTo(true));
        undo(id, false).statusCode(200);
        assertThat(questions(reply)).isZero();
        assertThat(rows("history_conversation")).isZero();
        undo(id, false).statusCode(409);
    }

    @Test
    void whoever_is_taken_for_dead_fails_nothing_that_another_node_works_on() {
        String id = upload(parrots());
        untilState(id, "ready");
        HistoryStore.Work old = claimedByADeadNode(id, "analysing");
        claimedByADeadNode(id, "analysing");

        store.fail(old, "broken");

        assertThat(rows("history_conversation")).isEqualTo(5);
        as(admin).get(HISTORY + "/" + id).then().body("state", equalTo("analysing"));
    }

    @Test
    void a_file_that_ends_the_server_each_time_fails_at_last() {
        String id = upload(parrots());
        untilState(id, "ready");
        claimedByADeadNode(id, "analysing");
        team.sql(
                "update history_import set attempts = " + HistoryWork.MOST_ATTEMPTS + " where id = :value",
                UUID.fromString(id));
        letLeaseEnd(id);
        work.wake();

        assertThat(untilState(id, "failed").getString("problem")).contains("stopped three times");
        assertThat(rows("history_conversation")).isZero();
        as(admin).get(HISTORY + "/" + id).then().body("undoable", equalTo(false));
    }

    @Test
    void two_nodes_that_look_at_once_take_one_import_together() throws InterruptedException {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        begin(first);
        begin(second);
        AtomicInteger claimed = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> nodes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Thread node = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException over) {
                    return;
                }
                leases.claim(UUID.randomUUID(), Duration.ofHours(1), List.of(first, second), true)
                        .ifPresent(one -> claimed.incrementAndGet());
            });
            node.start();
            nodes.add(node);
        }
        go.countDown();
        for (Thread node : nodes) {
            node.join();
        }
        assertThat(claimed.get()).isEqualTo(1);
    }

    @Test
    void files_that_nobody_reads_any_more_are_deleted_and_those_on_their_way_are_not() throws IOException {
        UUID cancelled = UUID.randomUUID();
        begin(cancelled);
        team.sql("update history_import set state = 'cancelled' where id = :value", cancelled);
        UUID lost = UUID.randomUUID();
        UUID arriving = UUID.randomUUID();
        for (UUID id : List.of(cancelled, lost, arriving)) {
            files.store(id, new ByteArrayInputStream(new byte[] {1}));
        }
        Path half = folder().resolve(UUID.randomUUID() + ".part");
        Files.write(half, new byte[] {1});
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(half, old);
        Files.setLastModifiedTime(folder().resolve(lost + ".upload"), old);

        files.deleteLeftovers(leases::wanted);

        assertThat(files.here()).containsExactly(arriving);
        assertThat(half).doesNotExist();
        files.delete(arriving);
    }

    @Test
    void an_upload_that_breaks_off_leaves_no_file() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> files.store(UUID.randomUUID(), broken));
        try (Stream<Path> left = Files.list(folder())) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    private Path folder() {
        return dataFolder.folder("history");
    }

    private HistoryStore.Work claimedByADeadNode(String id, String state) {
        UUID dead = UUID.randomUUID();
        team.sql(
                "update history_import set state = '" + state + "', worker = cast(:value as uuid),"
                        + " lease_until = now() + interval '1 hour'",
                dead.toString());
        return new HistoryStore.Work(
                UUID.fromString(id), dead, HistoryState.named(state), null, UUID.randomUUID(), 0, 1);
    }

    private void letLeaseEnd(String id) {
        team.sql(
                "update history_import set lease_until = now() - interval '1 second' where id = :value",
                UUID.fromString(id));
    }

    @Test
    void a_file_without_conversations_is_refused_and_one_without_agents_says_why() {
        as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body("{\"a\": 1}".getBytes(StandardCharsets.UTF_8))
                .post(HISTORY)
                .then()
                .statusCode(422);
        String id = upload("{\"id\":\"1\",\"messages\":[{\"by\":\"customer\",\"text\":\"Anybody there?\"}]}");
        JsonPath ready = untilState(id, "ready");
        assertThat(ready.getInt("report.conversations")).isZero();
        assertThat(ready.getString("report.leftOut[0].why")).isEqualTo("no-agent");
        as(admin).post(HISTORY + "/" + id + "/import").then().statusCode(409);
    }

    @Test
    void admins_alone_import() {
        String id = upload(parrots());
        untilState(id, "ready");
        for (String path :
                List.of("/" + id + "/import", "/" + id + "/cancel", "/preview", "", "/drafts/" + id + "/publish")) {
            as(agent)
                    .header("X-Replyloop", "1")
                    .contentType("application/octet-stream")
                    .body(new byte[] {1})
                    .post(HISTORY + path)
                    .then()
                    .statusCode(403);
            nobody().header("X-Replyloop", "1")
                    .contentType("application/octet-stream")
                    .body(new byte[] {1})
                    .post(HISTORY + path)
                    .then()
                    .statusCode(401);
        }
        for (String path :
                List.of("/" + id + "/undo", "/forget", "/drafts/" + id + "/merge", "/drafts/" + id + "/reply")) {
            as(agent)
                    .contentType("application/json")
                    .body("{}")
                    .post(HISTORY + path)
                    .then()
                    .statusCode(403);
            nobody().contentType("application/json")
                    .body("{}")
                    .post(HISTORY + path)
                    .then()
                    .statusCode(401);
        }
        as(agent).post(HISTORY + "/drafts/" + id + "/discard").then().statusCode(403);
        as(agent).post(HISTORY + "/drafts/" + id + "/restore").then().statusCode(403);
        for (String path :
                List.of("", "/" + id, "/" + id + "/drafts", "/drafts/" + id, "/drafts/" + id + "/proposal")) {
            as(agent).get(HISTORY + path).then().statusCode(403);
            nobody().get(HISTORY + path).then().statusCode(401);
        }
    }
}
