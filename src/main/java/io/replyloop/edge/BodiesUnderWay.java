package io.replyloop.edge;

import io.replyloop.platform.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Counts the request bodies being read, by address, and how much of them is in memory. */
final class BodiesUnderWay {
    /** Total of all small bodies. Legitimate ones last milliseconds, so the oldest are evicted. */
    private static final long MOST_HELD = 64L << 20;

    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final Duration AN_UPLOAD = Duration.ofSeconds(10);

    enum Kind {
        SMALL,
        /** In memory, for admins. */
        FILE,
        /** On disk, for everybody. */
        SPOOLED
    }

    interface Body {
        String address();

        Kind kind();

        void giveUp();
    }

    private final EdgeConfig limits;

    // Guarded by this.
    private final Map<String, Integer> addresses = new HashMap<>();
    private final Map<String, Integer> spooledByAddress = new HashMap<>();
    private final Set<Body> oldestFirst = new LinkedHashSet<>();
    private long held;
    private int files;
    private int spooled;

    BodiesUnderWay(EdgeConfig limits) {
        this.limits = limits;
    }

    synchronized void begin(Body body) {
        if (addresses.getOrDefault(body.address(), 0) >= limits.bodiesPerAddress()) {
            throw Problem.rateLimited(
                    "Too many requests from this address are on their way. Wait a moment and try again.", A_MOMENT);
        }
        switch (body.kind()) {
            case SMALL -> oldestFirst.add(body);
            case FILE -> {
                requireRoom(files < limits.uploads());
                files++;
            }
            case SPOOLED -> {
                requireRoom(spooled < limits.spooled()
                        && spooledByAddress.getOrDefault(body.address(), 0) < limits.spooledPerAddress());
                spooled++;
                spooledByAddress.merge(body.address(), 1, Integer::sum);
            }
        }
        addresses.merge(body.address(), 1, Integer::sum);
    }

    private static void requireRoom(boolean isThere) {
        if (!isThere) {
            throw Problem.rateLimited("Other files are being uploaded. Try again in a moment.", AN_UPLOAD);
        }
    }

    /** Adds to the number of bytes received; if the total is too large, the oldest body is given up. */
    void grown(Body body, int bytes) {
        Body oldest = null;
        synchronized (this) {
            if (oldestFirst.contains(body)) {
                held += bytes;
                if (held > MOST_HELD) {
                    oldest = oldestFirst.iterator().next();
                }
            }
        }
        if (oldest != null) {
            oldest.giveUp();
        }
    }

    /** @param bytes how many bytes had been received */
    synchronized void end(Body body, long bytes) {
        switch (body.kind()) {
            case SMALL -> {
                if (oldestFirst.remove(body)) {
                    held -= bytes;
                }
            }
            case FILE -> files--;
            case SPOOLED -> {
                spooled--;
                leave(spooledByAddress, body.address());
            }
        }
        leave(addresses, body.address());
    }

    private static void leave(Map<String, Integer> counts, String address) {
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
