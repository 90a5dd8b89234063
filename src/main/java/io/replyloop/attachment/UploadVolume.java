package io.replyloop.attachment;

import io.replyloop.platform.Problem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How much each customer has uploaded to this node within an hour, in memory, since the stored files do not tell: what was
 * taken back counts, and what is being stored does already. The customers who have uploaded nothing for longest are
 * forgotten first.
 */
@Singleton
final class UploadVolume {
    static final Duration HOUR = Duration.ofHours(1);

    private static final int MOST_CUSTOMERS = 20_000;

    private final AttachmentConfig config;
    private final Map<UUID, Deque<Taken>> byCustomer = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Deque<Taken>> eldest) {
            return size() > MOST_CUSTOMERS;
        }
    };

    UploadVolume(AttachmentConfig config) {
        this.config = config;
    }

    record Taken(Instant at, long bytes) {}

    static Problem exceeded() {
        return Problem.rateLimited("You have sent many files within an hour. Send the next one later.", HOUR);
    }

    synchronized Taken take(UUID customer, long bytes, Instant now) {
        Deque<Taken> taken = byCustomer.computeIfAbsent(customer, first -> new ArrayDeque<>());
        taken.removeIf(each -> !each.at().isAfter(now.minus(HOUR)));
        long sum = taken.stream().mapToLong(Taken::bytes).sum();
        if (taken.size() >= config.customerPerHour()
                || sum + bytes > config.customerBytesPerHour().asLongValue()) {
            throw exceeded();
        }
        Taken added = new Taken(now, bytes);
        taken.add(added);
        return added;
    }

    /** For what was not stored. */
    synchronized void giveBack(UUID customer, Taken notStored) {
        Deque<Taken> taken = byCustomer.get(customer);
        if (taken != null) {
            taken.removeFirstOccurrence(notStored);
        }
    }
}
