package io.replyloop.live;

import io.replyloop.live.cluster.NodeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * How much customers may write: a bucket for each customer and one for each network address, over all their connections.
 * Buckets are in memory, so that no message waits for a count; what was taken here is told to the other nodes a moment
 * later, and they take it from theirs. The longest idle are forgotten first, and those are full.
 *
 * <p>Whatever asks something of the database, also a repeat of what is stored, takes from wider buckets, of this node
 * alone, and for good.
 */
final class MessageVolume {
    private static final int MOST_BUCKETS = 50_000;
    private static final int TOLD_AT_ONCE = 60;
    /** Commands to each message: the pages repeat what is not answered in time, and say what has been read. */
    private static final int COMMANDS = 10;

    private final Map<UUID, TokenBucket> customers = new Buckets<>();
    private final Map<String, TokenBucket> addresses = new Buckets<>();
    private final Map<UUID, TokenBucket> commandsOfCustomers = new Buckets<>();
    private final Map<String, TokenBucket> commandsOfAddresses = new Buckets<>();
    private final LiveConfig limits;
    private Map<UUID, Integer> ofCustomers = new HashMap<>();
    private Map<String, Integer> ofAddresses = new HashMap<>();

    MessageVolume(LiveConfig limits) {
        this.limits = limits;
    }

    private static final class Buckets<K> extends LinkedHashMap<K, TokenBucket> {
        private static final long serialVersionUID = 1L;

        Buckets() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, TokenBucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    }

    /** Milliseconds to wait, or 0 when a command may ask the database. */
    synchronized long takeCommand(UUID customer, String address, long now) {
        TokenBucket ofAddress = commandsOfAddresses.computeIfAbsent(
                address, id -> bucket(limits.addressMessageBurst(), limits.addressMessagesPerMinute(), COMMANDS, now));
        TokenBucket ofCustomer = commandsOfCustomers.computeIfAbsent(
                customer,
                id -> bucket(limits.customerMessageBurst(), limits.customerMessagesPerMinute(), COMMANDS, now));
        long wait = Math.max(ofCustomer.millisUntilNext(now), ofAddress.millisUntilNext(now));
        if (wait == 0) {
            ofCustomer.take(now);
            ofAddress.take(now);
        }
        return wait;
    }

    /** Milliseconds to wait, or 0 when a message may go on. */
    synchronized long take(UUID customer, String address, long now) {
        TokenBucket ofCustomer = ofCustomer(customer, now);
        TokenBucket ofAddress = ofAddress(address, now);
        long wait = Math.max(ofCustomer.millisUntilNext(now), ofAddress.millisUntilNext(now));
        if (wait == 0) {
            ofCustomer.take(now);
            ofAddress.take(now);
            ofCustomers.merge(customer, 1, Integer::sum);
            ofAddresses.merge(address, 1, Integer::sum);
        }
        return wait;
    }

    /** The message was not stored, or had been before. */
    synchronized void giveBack(UUID customer, String address, long now) {
        ofCustomer(customer, now).giveBack(now);
        ofAddress(address, now).giveBack(now);
        ofCustomers.merge(customer, -1, Integer::sum);
        ofAddresses.merge(address, -1, Integer::sum);
    }

    /** What was taken since the last time that this was asked, for the other nodes. */
    synchronized List<NodeMessage.Written> tell() {
        // What was taken and given back is nobody else's business.
        ofCustomers.values().removeIf(count -> count == 0);
        ofAddresses.values().removeIf(count -> count == 0);
        if (ofCustomers.isEmpty() && ofAddresses.isEmpty()) {
            return List.of();
        }
        List<NodeMessage.Written> told = new ArrayList<>();
        parts(ofCustomers, part -> new NodeMessage.Written(part, Map.of()), told);
        parts(ofAddresses, part -> new NodeMessage.Written(Map.of(), part), told);
        ofCustomers = new HashMap<>();
        ofAddresses = new HashMap<>();
        return told;
    }

    /** Another node has let these pass. */
    synchronized void writtenElsewhere(NodeMessage.Written written, long now) {
        written.customers()
                .forEach((customer, count) -> ofCustomer(customer, now).takeAnyway(count, now));
        written.addresses().forEach((address, count) -> ofAddress(address, now).takeAnyway(count, now));
    }

    private TokenBucket ofCustomer(UUID customer, long now) {
        return customers.computeIfAbsent(
                customer, id -> bucket(limits.customerMessageBurst(), limits.customerMessagesPerMinute(), 1, now));
    }

    private TokenBucket ofAddress(String address, long now) {
        return addresses.computeIfAbsent(
                address, id -> bucket(limits.addressMessageBurst(), limits.addressMessagesPerMinute(), 1, now));
    }

    private static TokenBucket bucket(int burst, int perMinute, int times, long now) {
        return new TokenBucket((int) Math.min(Integer.MAX_VALUE, (long) burst * times), perMinute / 60.0 * times, now);
    }

    /** In parts, since what one node tells another has a longest size. */
    private static <K> void parts(
            Map<K, Integer> all, Function<Map<K, Integer>, NodeMessage.Written> message, List<NodeMessage.Written> to) {
        Map<K, Integer> part = new HashMap<>();
        for (Map.Entry<K, Integer> entry : all.entrySet()) {
            part.put(entry.getKey(), entry.getValue());
            if (part.size() == TOLD_AT_ONCE) {
                to.add(message.apply(part));
                part = new HashMap<>();
            }
        }
        if (!part.isEmpty()) {
            to.add(message.apply(part));
        }
    }
}
