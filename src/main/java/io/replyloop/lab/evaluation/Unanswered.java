package io.replyloop.lab.evaluation;

import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages for which the knowledge base has no reply, by kind. */
final class Unanswered {
    static final String OF_FILE = "unanswered";

    private static final String SMALL_TALK = "/io/replyloop/lab/evaluation/small-talk.jsonl";

    private Unanswered() {}

    /** Thanks, greetings without a question, and goodbyes, in English and Chinese. */
    static Map<String, List<Moment>> smallTalk() throws IOException {
        Map<String, List<Moment>> kinds = new LinkedHashMap<>();
        JsonLines.readResource(SMALL_TALK, (number, line) -> {
            List<Moment> moments = new ArrayList<>();
            line.path("texts").forEach(text -> moments.add(Moment.first("small talk", text.asText(), Set.of())));
            kinds.put(line.path("kind").asText(), moments);
        });
        return kinds;
    }
}
