package io.replyloop.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One side's view of a conversation as it arrives. Guarded by the lock of its link. */
final class Stream {
    record Arrived(long sequence, UUID id, boolean message) {}

    private final List<Arrived> events = new ArrayList<>();
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
        events.add(new Arrived(sequence, id, "message".equals(event.text("kind"))));
        if (id != null) {
            arrivedAt.putIfAbsent(id, System.nanoTime());
            sequences.putIfAbsent(id, sequence);
        }
        return Arrival.NEXT;
    }

    long last() {
        return last;
    }

    /** Events that came although they had come before. */
    int repeated() {
        return repeated;
    }

    Long arrivedAt(UUID id) {
        return arrivedAt.get(id);
    }

    Long sequence(UUID id) {
        return sequences.get(id);
    }

    List<UUID> messages() {
        return events.stream().filter(Arrived::message).map(Arrived::id).toList();
    }
}
