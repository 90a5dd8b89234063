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

/** A recorded conversation: what customer and agent wrote, and which replies the agent picked from the knowledge base. */
public record Dialogue(String id, List<String> tasks, List<Turn> turns) {
    public enum Speaker {
        CUSTOMER,
        AGENT,
        OTHER;

        private static Speaker of(String name) {
            return switch (name) {
                case "customer" -> CUSTOMER;
                case "agent" -> AGENT;
                default -> OTHER;
            };
        }
    }

    /** @param picked the label of the reply that the agent picked; null if there is none */
    public record Turn(Speaker by, String text, String picked) {
        public boolean isAgents() {
            return by == Speaker.AGENT;
        }

        /** The line that the cross-encoder reads. */
        String marked() {
            return (isAgents() ? TurnMark.TEAM : TurnMark.CUSTOMER).before(text);
        }
    }

    /** Reads a file with one dialogue per line, plain or gzipped. */
    public static List<Dialogue> read(Path file) throws IOException {
        List<Dialogue> dialogues = new ArrayList<>();
        JsonLines.read(file, (line, object) -> dialogues.add(of(line, object)));
        return dialogues;
    }

    /** Whether an object has turns. */
    public static boolean isDialogue(JsonNode object) {
        return events(object).isArray();
    }

    /**
     * Reads one dialogue: {@code {"id", "tasks", "events": [{"by", "text", "picked"}]}}, where {@code events} may also be
     * called {@code turns}. Entries without a text, such as an agent's searches, are skipped.
     *
     * @param line of the file, which is the id of a dialogue without one
     * @throws IllegalArgumentException if there is no list of turns
     */
    public static Dialogue of(int line, JsonNode object) {
        if (!isDialogue(object)) {
            throw new IllegalArgumentException("there is no list `events` or `turns`");
        }
        List<Turn> turns = new ArrayList<>();
        for (JsonNode event : events(object)) {
            String text = event.path("text").asText("").strip();
            if (!text.isEmpty()) {
                Speaker by = Speaker.of(event.path("by").asText());
                String picked = by == Speaker.AGENT ? event.path("picked").asText(null) : null;
                turns.add(new Turn(by, text, picked));
            }
        }
        List<String> tasks = new ArrayList<>();
        object.path("tasks").forEach(task -> tasks.add(task.asText()));
        return new Dialogue(object.path("id").asText("line " + line), List.copyOf(tasks), List.copyOf(turns));
    }

    private static JsonNode events(JsonNode object) {
        return object.has("turns") ? object.get("turns") : object.path("events");
    }

    /** At most {@code limit} turns before {@code index}, oldest first, one per line. */
    public String context(int index, int limit) {
        return lines(index, limit, Turn::text);
    }

    /** The same with marks, as the cross-encoder reads it. */
    public String marked(int index, int limit) {
        return lines(index, limit, Turn::marked);
    }

    private String lines(int index, int limit, Function<Turn, String> line) {
        return turns.subList(Math.max(0, index - limit), index).stream()
                .map(turn -> line.apply(turn).replace('\n', ' '))
                .collect(Collectors.joining("\n"));
    }
}
