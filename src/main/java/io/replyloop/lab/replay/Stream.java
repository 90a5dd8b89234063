package io.replyloop.lab.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events of a conversation as one side receives them. Guarded by the lock of its client. */
final class Stream {
    /**
     * @param id the sender's id; null for agents' messages on the customer's side, which are identified by their text
     */
    record Arrived(long sequence, UUID id, boolean byAgent, String text, long at) {}

    private final List<Arrived> messages = new ArrayList<>();
    private final Map<UUID, Long> arrivedAt = new HashMap<>();
    private final Map<UUID, Long> sequences = new HashMap<>();
    private long last;
    private int repeated;

    enum Arrival {
        NEXT,
        REPEATED,
        AFTER_A_GAP
    }

    Arrival add(Frame event) {
        long sequence = event.number("sequence");
        if (sequence <= last) {
            repeated++;
            return Arrival.REPEATED;
        }
        if (sequence > last + 1) {
            return Arrival.AFTER_A_GAP;
        }
        last = sequence;
        UUID id = event.uuid("id");
        if ("message".equals(event.text("kind"))) {
            boolean byAgent =
                    "agent".equals(event.json().path("author").path("kind").asText());
            messages.add(new Arrived(sequence, id, byAgent, event.text("text"), System.nanoTime()));
        }
        if (id != null) {
            arrivedAt.putIfAbsent(id, System.nanoTime());
            sequences.putIfAbsent(id, sequence);
        }
        return Arrival.NEXT;
    }

    long last() {
        return last;
    }

    /** The number of events that were received more than once. */
    int repeated() {
        return repeated;
    }

    Long arrivedAt(UUID id) {
        return arrivedAt.get(id);
    }

    /**
     * When an agent's message was received; null if it was not.
     *
     * @param occurrence which message with this text, from 1
     */
    Long agentMessageAt(String text, int occurrence) {
        return messages.stream()
                .filter(message -> message.byAgent() && text.equals(message.text()))
                .skip(occurrence - 1L)
                .map(Arrived::at)
                .findFirst()
                .orElse(null);
    }

    Long sequence(UUID id) {
        return sequences.get(id);
    }

    List<Arrived> messages() {
        return List.copyOf(messages);
    }
}
