package io.replyloop.shadow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What pages ask for every few seconds is counted again only after so many times as long as counting took, a minute at
 * most: what is counted quickly is always new, and what takes long occupies a small share of the server, however many
 * people look at it. One is counted at a time.
 */
final class KeptForAWhile<K, V> {
    private static final int TIMES = 20;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private record Kept<V>(V value, long counted, long keptFor) {}

    private final int most;
    private final LongSupplier nanoTime;
    private final Map<K, Kept<V>> values = new LinkedHashMap<>();

    KeptForAWhile(int most) {
        this(most, System::nanoTime);
    }

    KeptForAWhile(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    synchronized V get(K key, Supplier<V> counts) {
        long begun = nanoTime.getAsLong();
        Kept<V> kept = values.get(key);
        if (kept != null && begun - kept.counted < kept.keptFor) {
            return kept.value;
        }
        V value = counts.get();
        long counted = nanoTime.getAsLong();
        values.remove(key);
        values.put(key, new Kept<>(value, counted, Math.min(LONGEST, TIMES * (counted - begun))));
        if (values.size() > most) {
            values.remove(values.keySet().iterator().next());
        }
        return value;
    }
}
