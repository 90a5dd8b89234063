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

    interface Body {
        String address();

        boolean isFile();

        void giveUp();
    }

    private final int mostOfAddress;
    private final int mostFiles;

    // Guarded by this.
    private final Map<String, Integer> addresses = new HashMap<>();
    private final Set<Body> oldestFirst = new LinkedHashSet<>();
    private long held;
    private int files;

    BodiesUnderWay(EdgeConfig limits) {
        mostOfAddress = limits.bodiesPerAddress();
        mostFiles = limits.uploads();
    }

    synchronized void begin(Body body) {
        if (addresses.getOrDefault(body.address(), 0) >= mostOfAddress) {
            throw Problem.rateLimited(
                    "Too many requests from this address are on their way. Wait a moment and try again.", A_MOMENT);
        }
        if (body.isFile()) {
            if (files >= mostFiles) {
                throw Problem.rateLimited("Other files are being uploaded. Try again in a moment.", AN_UPLOAD);
            }
            files++;
        } else {
            oldestFirst.add(body);
        }
        addresses.merge(body.address(), 1, Integer::sum);
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
    synchronized void end(Body body, int bytes) {
        if (body.isFile()) {
            files--;
        } else if (oldestFirst.remove(body)) {
            held -= bytes;
        }
        addresses.computeIfPresent(body.address(), (key, count) -> count == 1 ? null : count - 1);
    }
}
