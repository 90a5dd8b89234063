package io.replyloop.live;

import java.util.HashMap;
import java.util.Map;

/** Counts the customers' connections of this node, all of them and from each network address. */
final class ConnectionLimit {
    private final int most;
    private final int mostOfAddress;
    private final Map<String, Integer> addresses = new HashMap<>();
    private int all;

    ConnectionLimit(LiveConfig limits) {
        most = limits.customerConnections();
        mostOfAddress = limits.connectionsPerAddress();
    }

    /** False when there is no room. */
    synchronized boolean enter(String address) {
        if (all >= most || addresses.getOrDefault(address, 0) >= mostOfAddress) {
            return false;
        }
        all++;
        addresses.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized void leave(String address) {
        all--;
        addresses.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
