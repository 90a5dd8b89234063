package io.replyloop.lab.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Our own replies to the intents of clinc150, in English and Chinese, with some Chinese questions, written without looking
 * at the questions of the corpus. The final score is fitted to them; no network is trained on them.
 */
public final class WrittenReplies {
    private static final String FILE = "/recipe/intent-replies.jsonl";

    private WrittenReplies() {}

    /** @param chineseQuestions of customers about this intent */
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
