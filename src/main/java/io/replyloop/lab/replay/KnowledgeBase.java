package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.lab.corpus.NamedReplies;
import io.replyloop.lab.corpus.ReplyLine;
import io.replyloop.platform.JsonLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The server's replies by the labels that dialogues use. */
final class KnowledgeBase {
    record Reply(UUID id, String label, String text, Set<String> tasks) {}

    private final NamedReplies<Reply> byLabel = new NamedReplies<>();

    KnowledgeBase(List<Reply> replies) {
        replies.forEach(reply -> byLabel.put(reply.label(), reply, reply.tasks()));
    }

    int size() {
        return byLabel.size();
    }

    /** The replies that a label can refer to in a dialogue about these tasks; empty if the knowledge base has none. */
    List<Reply> picked(String label, List<String> tasks) {
        return byLabel.named(label, tasks);
    }

    /**
     * The rank of the picked reply among the suggestions, from 1; 0 if it is not among them. Equal texts are equal
     * replies.
     */
    static int rank(List<Reply> picked, List<Suggested> items) {
        for (int index = 0; index < items.size(); index++) {
            Suggested item = items.get(index);
            if (picked.stream()
                    .anyMatch(reply -> reply.id().equals(item.reply())
                            || NamedReplies.normalised(reply.text()).equals(NamedReplies.normalised(item.text())))) {
                return index + 1;
            }
        }
        return 0;
    }

    record Suggested(UUID reply, String text) {}

    /** The published replies on the server. */
    static List<Reply> listed(ApiClient.Agent agent) {
        List<Reply> replies = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = agent.get("/api/replies?state=published&limit=200"
                    + (cursor == null ? "" : "&cursor=" + ApiClient.encoded(cursor)));
            for (JsonNode item : page.path("items")) {
                Set<String> tasks = new HashSet<>();
                item.path("categories").forEach(category -> tasks.add(category.asText()));
                replies.add(new Reply(
                        UUID.fromString(item.path("id").asText()),
                        item.path("label").asText(null),
                        item.path("text").asText(),
                        tasks));
            }
            cursor = page.path("next").asText(null);
        } while (cursor != null);
        return replies;
    }

    /**
     * Imports a file and returns its replies with the ids that the server has given them. Lines with the same text
     * become one reply on the server, which keeps one of their labels; the result has all labels.
     */
    static KnowledgeBase imported(ApiClient.Agent admin, Path file) {
        JsonNode report = admin.post(
                "/api/replies/import?format=jsonl&dryRun=false&publish=true",
                "application/x-ndjson",
                new String(ReplayException.reading(file, () -> JsonLines.bytes(file)), StandardCharsets.UTF_8));
        Map<Integer, UUID> byLine = new HashMap<>();
        for (JsonNode result : report.path("results")) {
            if (result.hasNonNull("reply")) {
                byLine.put(
                        result.path("line").asInt(),
                        UUID.fromString(result.path("reply").asText()));
            }
        }
        Map<String, UUID> byText = new LinkedHashMap<>();
        listed(admin).forEach(reply -> byText.put(NamedReplies.normalised(reply.text()), reply.id()));
        List<Reply> replies = new ArrayList<>();
        for (ReplyLine line : ReplayException.reading(file, () -> ReplyLine.read(file))) {
            UUID id = byLine.getOrDefault(line.line(), byText.get(NamedReplies.normalised(line.text())));
            if (id == null) {
                throw new ReplayException(file + ", line " + line.line()
                        + ": the server has no published reply for this: " + line.text());
            }
            Set<String> tasks = line.task() == null ? Set.of() : Set.of(line.task());
            replies.add(new Reply(id, line.label(), line.text(), tasks));
        }
        return new KnowledgeBase(replies);
    }
}
