package io.replyloop.lab.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Questions of customers. Each line of the file is one of
 *
 * <pre>
 * {"events": [{"by": "customer", "text"}, {"by": "agent", "text", "picked"}], "tasks"?: []}   a dialogue, as for replay
 * {"question", "reply"}                                        a question and the label or title of its reply
 * {"label", "questions": []}                                   a line of a knowledge base with its own questions
 * </pre>
 *
 * {@code question} and {@code reply} may also be called {@code text} and {@code intent}.
 *
 * @param unknown number of picks whose reply is not in the knowledge base
 * @param unasked number of picks without a new message of the customer, for which the product suggests nothing
 */
record Moments(List<Moment> all, int unknown, int unasked) {
    /** As the server's {@code replyloop.suggestion.turns}. */
    private static final int TURNS = 12;

    static Moments read(Path file, KnowledgeBase base) throws IOException {
        Reading reading = new Reading(base);
        JsonLines.read(file, reading::line);
        if (reading.moments.isEmpty()) {
            throw new IllegalArgumentException(file + " has no question whose reply is in the knowledge base; "
                    + reading.unknown + " name replies that are not there");
        }
        return new Moments(List.copyOf(reading.moments), reading.unknown, reading.unasked);
    }

    /** Questions without a reply; a reply in the file is ignored. */
    static List<Moment> withoutReply(Path file) throws IOException {
        List<Moment> moments = new ArrayList<>();
        JsonLines.read(
                file, (number, line) -> moments.add(Moment.first("line " + number, text(line, "question"), Set.of())));
        return moments;
    }

    private static String text(JsonNode line, String field) {
        String text = line.path(field).asText(line.path("text").asText(""));
        if (text.isBlank()) {
            throw new IllegalArgumentException("there is neither `events` nor `" + field + "`");
        }
        return text;
    }

    private static final class Reading {
        private final KnowledgeBase base;
        private final List<Moment> moments = new ArrayList<>();
        private int unknown;
        private int unasked;

        Reading(KnowledgeBase base) {
            this.base = base;
        }

        void line(int number, JsonNode line) {
            String group = "line " + number;
            if (Dialogue.isDialogue(line)) {
                dialogue(group, Dialogue.of(number, line));
            } else if (line.path("questions").isArray()) {
                int index = 0;
                for (JsonNode question : line.path("questions")) {
                    String text = question.path("text").asText(question.asText());
                    question(group + "." + ++index, text, name(line));
                }
            } else if (!line.has("question") && line.has("label") && line.has("title")) {
                // A reply of a knowledge base without questions.
                return;
            } else {
                question(group, text(line, "question"), name(line));
            }
        }

        private static String name(JsonNode line) {
            for (String field : List.of("reply", "label", "intent", "title")) {
                if (line.path(field).isTextual()) {
                    return line.path(field).asText();
                }
            }
            throw new IllegalArgumentException("there is no `reply`");
        }

        private void question(String group, String text, String name) {
            Set<UUID> right = base.named(name, List.of());
            if (right.isEmpty()) {
                unknown++;
            } else {
                moments.add(Moment.first(group, text, right));
            }
        }

        private void dialogue(String group, Dialogue dialogue) {
            List<String> turns = new ArrayList<>();
            List<String> burst = new ArrayList<>();
            for (Dialogue.Turn turn : dialogue.turns()) {
                String text = Moment.oneLine(turn.text());
                boolean isCustomer = turn.by() == Dialogue.Speaker.CUSTOMER;
                if (isCustomer) {
                    burst.add(text);
                } else {
                    if (turn.picked() != null) {
                        picked(group, turns, burst, base.named(turn.picked(), dialogue.tasks()));
                    }
                    burst.clear();
                }
                turns.add((isCustomer ? TurnMark.CUSTOMER : TurnMark.TEAM).before(text));
            }
        }

        private void picked(String group, List<String> turns, List<String> burst, Set<UUID> right) {
            if (right.isEmpty()) {
                unknown++;
            } else if (burst.isEmpty()) {
                unasked++;
            } else {
                int from = Math.max(0, turns.size() - Math.max(TURNS, burst.size()));
                String query = String.join("\n", turns.subList(from, turns.size()));
                moments.add(new Moment(group, query, String.join("\n", burst), right));
            }
        }
    }
}
