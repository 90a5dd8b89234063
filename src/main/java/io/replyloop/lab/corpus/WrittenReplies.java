package io.replyloop.lab.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Replies to the intents of clinc150 as a team would have written them, in English and Chinese, with some Chinese
 * questions: our own text, written without a look at the corpus's questions. The stages are weighed on them, and no network
 * learns from them.
 */
public final class WrittenReplies {
    private static final String FILE = "/recipe/intent-replies.jsonl";

    private WrittenReplies() {}

    /** @param chineseQuestions as customers who write Chinese would ask for it */
    public record Written(
            String intent,
            String title,
            String text,
            String chineseTitle,
            String chineseText,
            List<String> chineseQuestions) {}

    public static List<Written> read() throws IOException {
        List<Written> replies = new ArrayList<>();
        JsonLines.readResource(FILE, (number, node) -> {
            replies.add(new Written(
                    node.path("label").asText().replace('_', ' '),
                    node.path("title").asText(),
                    node.path("text").asText(),
                    node.path("title_zh").asText(),
                    node.path("text_zh").asText(),
                    StreamSupport.stream(node.path("questions_zh").spliterator(), false)
                            .map(JsonNode::asText)
                            .toList()));
        });
        return replies;
    }
}
