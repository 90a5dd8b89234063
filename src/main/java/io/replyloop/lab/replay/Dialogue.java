package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A recorded conversation: the turns of both sides, and the replies that the agent picked. */
record Dialogue(List<String> tasks, List<Turn> turns) {
    enum Speaker {
        CUSTOMER,
        AGENT
    }

    /** @param picked the label of the picked reply; null if the agent wrote the text */
    record Turn(Speaker by, String text, String picked) {}

    /**
     * Reads the dialogues of a file that can be played, shuffles them by the seed, and returns at most {@code limit}.
     */
    static List<Dialogue> read(Path file, long seed, int limit) {
        List<Dialogue> dialogues = new ArrayList<>();
        try {
            JsonLines.read(file, (line, object) -> {
                if (!object.path("events").isArray()) {
                    throw new IllegalArgumentException("there is no list `events`");
                }
                Dialogue dialogue = of(object);
                if (!dialogue.turns().isEmpty()) {
                    dialogues.add(dialogue);
                }
            });
        } catch (IOException failure) {
            throw ReplayException.unreadable(file, failure);
        }
        if (dialogues.isEmpty()) {
            throw new ReplayException(file + " has no dialogue with a customer message.");
        }
        Collections.shuffle(dialogues, new Random(seed));
        return List.copyOf(dialogues.subList(0, Math.min(limit, dialogues.size())));
    }

    /** Skips agents' turns before the first customer turn, because the customer starts a conversation. */
    static Dialogue of(JsonNode line) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode event : line.path("events")) {
            String text = event.path("text").asText("").strip();
            boolean agent = "agent".equals(event.path("by").asText());
            boolean customer = "customer".equals(event.path("by").asText());
            if (text.isEmpty() || !(customer || agent && !turns.isEmpty())) {
                continue;
            }
            String picked = event.path("picked").asText(null);
            turns.add(new Turn(agent ? Speaker.AGENT : Speaker.CUSTOMER, text, agent ? picked : null));
        }
        List<String> tasks = new ArrayList<>();
        line.path("tasks").forEach(task -> tasks.add(task.asText()));
        return new Dialogue(List.copyOf(tasks), List.copyOf(turns));
    }
}
