package io.replyloop.lab.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What customers write where nobody has written a reply, by kind. */
final class Unanswered {
    static final String OF_FILE = "unanswered";

    private static final String SMALL_TALK = "small-talk.jsonl";

    private Unanswered() {}

    /** Thanks, greetings without a question and goodbyes, in English and Chinese. */
    static Map<String, List<Moment>> smallTalk() throws IOException {
        Map<String, List<Moment>> kinds = new LinkedHashMap<>();
        try (InputStream in = Unanswered.class.getResourceAsStream(SMALL_TALK)) {
            var lines = Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(in);
            while (lines.hasNext()) {
                JsonNode line = lines.next();
                List<Moment> moments = new ArrayList<>();
                line.path("texts").forEach(text -> moments.add(Moment.first("small talk", text.asText(), Set.of())));
                kinds.put(line.path("kind").asText(), moments);
            }
        }
        return kinds;
    }
}
