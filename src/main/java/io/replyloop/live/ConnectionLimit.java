package io.replyloop.live;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** Limits the customers' connections of this node, in total and per network address. */
@Singleton
final class ConnectionLimit {
    private final int max;
    private final int maxPerAddress;
    private final Map<String, Integer> perAddress = new HashMap<>();
    private int total;

    ConnectionLimit(LiveConfig limits) {
        max = limits.customerConnections();
        maxPerAddress = limits.connectionsPerAddress();
    }

    /** Counts one more connection; false when the limit is reached. */
    synchronized boolean acquire(String address) {
        if (total >= max || perAddress.getOrDefault(address, 0) >= maxPerAddress) {
            return false;
        }
        total++;
        perAddress.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized void release(String address) {
        total--;
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
