package io.replyloop.audit;

import static io.replyloop.signin.Team.as;
import static org.awaitility.Awaitility.await;

import io.replyloop.signin.Team;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** All that an admin can do with conversations from before. */
final class HistoryOperations {
    private static final String HISTORY = "/api/history";

    interface Does {
        Response that(String operation, RequestSpecification request, String method, String address);
    }

    private final Team.Member admin;
    private final Does does;

    private HistoryOperations(Team.Member admin, Does does) {
        this.admin = admin;
        this.does = does;
    }

    static Map<String, List<String>> expected() {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put("readHistory", List.of("account history.read", "account history.read"));
        expected.put("cancelHistory", List.of("account history.cancelled"));
        expected.put("importHistory", List.of("account history.imported"));
        expected.put("discardHistoryDraft", List.of("account history.draft-discarded"));
        expected.put("restoreHistoryDraft", List.of("account history.draft-restored"));
        expected.put("mergeHistoryDrafts", List.of("account history.draft-merged"));
        expected.put("publishHistoryDraft", List.of("account reply.created", "account reply.published"));
        expected.put("writeReplyOfHistoryDraft", List.of("account reply.created"));
        expected.put("forgetHistory", List.of("account history.forgotten"));
        // The two replies that were made of drafts.
        expected.put(
                "undoHistory", List.of("account reply.archived", "account reply.archived", "account history.undone"));
        return expected;
    }

    static void all(Team.Member admin, Does does) {
        new HistoryOperations(admin, does).all();
    }

    private void all() {
        String cancelled = read("kites");
        does.that("cancelHistory", as(admin), "POST", HISTORY + "/" + cancelled + "/cancel");
        String id = read("parrots");
        String address = HISTORY + "/" + id;
        until(address, "ready");
        does.that("importHistory", as(admin), "POST", address + "/import");
        until(address, "imported");
        List<String> drafts = as(admin).get(address + "/drafts").jsonPath().getList("items.id");
        String first = HISTORY + "/drafts/" + drafts.get(0);
        does.that("discardHistoryDraft", as(admin), "POST", first + "/discard");
        does.that("restoreHistoryDraft", as(admin), "POST", first + "/restore");
        does.that("mergeHistoryDrafts", as(admin).body(Map.of("into", drafts.get(1))), "POST", first + "/merge");
        does.that("publishHistoryDraft", as(admin), "POST", HISTORY + "/drafts/" + drafts.get(1) + "/publish");
        does.that(
                "writeReplyOfHistoryDraft",
                as(admin).body(Map.of("title", "Umbrellas", "text", "Umbrellas are lent.")),
                "POST",
                HISTORY + "/drafts/" + drafts.get(2) + "/reply");
        does.that(
                "forgetHistory",
                as(admin).body(Map.of("importId", id, "kind", "conversation", "id", "parrots-1", "conversations", 1)),
                "POST",
                HISTORY + "/forget");
        does.that("undoHistory", as(admin).body(Map.of("archiveReplies", true)), "POST", address + "/undo");
    }

    private String read(String about) {
        StringBuilder file = new StringBuilder();
        List<String> answers = List.of(
                "Yes, the " + about + " may come into the shop.",
                "Tickets for trains are sold at the counter downstairs.",
                "We lend umbrellas whenever it rains outside.");
        for (int i = 0; i < 6; i++) {
            file.append("{\"id\":\"%s-%d\",\"messages\":[{\"by\":\"customer\",\"text\":\"What about %s %s?\"},"
                            .formatted(about, i, about, UUID.randomUUID()))
                    .append("{\"by\":\"agent\",\"text\":\"%s\"}]}\n".formatted(answers.get(i % 3)));
        }
        RequestSpecification request = as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(file.toString().getBytes(StandardCharsets.UTF_8));
        return does.that("readHistory", request, "POST", HISTORY + "?name=old.jsonl")
                .path("id");
    }

    private void until(String address, String state) {
        await().atMost(Duration.ofMinutes(2)).until(() -> as(admin).get(address).path("state"), state::equals);
    }
}
