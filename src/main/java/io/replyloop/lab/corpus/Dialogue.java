package io.replyloop.lab.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A conversation between a customer and an agent: what was said, and which replies of a list the agent picked. */
public record Dialogue(String id, List<String> tasks, List<Turn> turns) {

    /** What one side said; {@code picked} is the label of the reply that the agent took from the list, or null. */
    public record Turn(boolean agent, String text, String picked) {
        /** As the cross-encoder reads it. */
        String marked() {
            return (agent ? TurnMark.TEAM : TurnMark.CUSTOMER).before(text);
        }
    }

    /**
     * Reads dialogues, one JSON object per line, plain or gzipped. Turns stand under {@code turns} or {@code events};
     * entries without a text (an agent's searches) are not turns.
     */
    public static List<Dialogue> read(Path file) throws IOException {
        List<Dialogue> dialogues = new ArrayList<>();
        JsonLines.read(file, (number, node) -> {
            JsonNode events = node.has("turns") ? node.get("turns") : node.path("events");
            if (!events.isArray()) {
                throw new IllegalArgumentException("there is neither a list of turns nor one of events");
            }
            List<Turn> turns = new ArrayList<>();
            for (JsonNode event : events) {
                String text = event.path("text").asText("").strip();
                if (!text.isEmpty()) {
                    turns.add(new Turn(
                            event.path("by").asText().equals("agent"),
                            text,
                            event.hasNonNull("picked") ? event.get("picked").asText() : null));
                }
            }
            List<String> tasks = new ArrayList<>();
            node.path("tasks").forEach(task -> tasks.add(task.asText()));
            dialogues.add(new Dialogue(node.path("id").asText("line " + number), tasks, turns));
        });
        return dialogues;
    }

    /** The turns before {@code index}, at most the last {@code limit}, oldest first, one per line. */
    public String context(int index, int limit) {
        return lines(index, limit, Turn::text);
    }

    /** The same with the mark of who wrote each turn, as the cross-encoder reads it. */
    public String marked(int index, int limit) {
        return lines(index, limit, Turn::marked);
    }

    private String lines(int index, int limit, Function<Turn, String> line) {
        return turns.subList(Math.max(0, index - limit), index).stream()
                .map(turn -> line.apply(turn).replace('\n', ' '))
                .collect(Collectors.joining("\n"));
    }
}
