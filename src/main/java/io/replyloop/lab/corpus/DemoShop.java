package io.replyloop.lab.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The knowledge base of the demo, in English and Chinese. Its team answers questions, whereas STAR's agents follow
 * procedures. No model is trained on it.
 */
public final class DemoShop {
    private static final String FILE = "/demo/knowledge.jsonl";

    private DemoShop() {}

    /** The replies, with each language as a task. */
    public static KnowledgeBase replies() throws IOException {
        KnowledgeBase base = new KnowledgeBase();
        for (JsonNode reply : read()) {
            base.put(
                    reply.path("language").asText(),
                    reply.path("label").asText(),
                    reply.path("title").asText(),
                    reply.path("text").asText());
        }
        return base;
    }

    /** The questions, each as the first message of a conversation. */
    public static List<Pick> picks() throws IOException {
        List<Pick> picks = new ArrayList<>();
        for (JsonNode reply : read()) {
            String language = reply.path("language").asText();
            for (JsonNode question : reply.path("questions")) {
                String text = question.asText();
                picks.add(new Pick(
                        "shop/" + language,
                        picks.size(),
                        List.of(language),
                        TurnMark.CUSTOMER.before(text),
                        text,
                        text,
                        reply.path("label").asText(),
                        reply.path("text").asText()));
            }
        }
        return picks;
    }

    private static List<JsonNode> read() throws IOException {
        List<JsonNode> replies = new ArrayList<>();
        JsonLines.readResource(FILE, (number, reply) -> replies.add(reply));
        return replies;
    }
}
