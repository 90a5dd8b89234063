package io.replyloop.live;

import io.replyloop.live.cluster.NodeMessage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Limits how much customers write: one token bucket per customer and one per network address, over all their
 * connections. The buckets are in memory, so that no message waits for a count; what is taken on one node is published
 * to the others a moment later and taken from their buckets. The least recently used buckets are dropped first; those
 * are full.
 *
 * <p>Every command that uses the database, even a repeat of a stored message, also takes from larger buckets. These are
 * not shared between nodes, and nothing is refunded to them.
 */
@Singleton
final class MessageVolume {
    private static final int MAX_BUCKETS = 50_000;
    private static final int MAX_COUNTS_PER_MESSAGE = 60;
    /** Commands allowed per message: pages repeat what is not answered in time, and send read marks. */
    private static final int COMMANDS_PER_MESSAGE = 10;

    private final Map<UUID, TokenBucket> messagesByCustomer = new Buckets<>();
    private final Map<String, TokenBucket> messagesByAddress = new Buckets<>();
    private final Map<UUID, TokenBucket> commandsByCustomer = new Buckets<>();
    private final Map<String, TokenBucket> commandsByAddress = new Buckets<>();
    private final LiveConfig limits;
    private Map<UUID, Integer> unpublishedByCustomer = new HashMap<>();
    private Map<String, Integer> unpublishedByAddress = new HashMap<>();

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
            return size() > MAX_BUCKETS;
        }
    }

    /** Takes a command; returns the milliseconds to wait if it is not allowed yet, otherwise 0. */
    synchronized long takeCommand(UUID customer, String address, long now) {
        TokenBucket ofAddress = commandsByAddress.computeIfAbsent(
                address,
                id -> bucket(
                        limits.addressMessageBurst(), limits.addressMessagesPerMinute(), COMMANDS_PER_MESSAGE, now));
        TokenBucket ofCustomer = commandsByCustomer.computeIfAbsent(
                customer,
                id -> bucket(
                        limits.customerMessageBurst(), limits.customerMessagesPerMinute(), COMMANDS_PER_MESSAGE, now));
        long wait = Math.max(ofCustomer.millisUntilNext(now), ofAddress.millisUntilNext(now));
        if (wait == 0) {
            ofCustomer.take(now);
            ofAddress.take(now);
        }
        return wait;
    }

    /** Takes a message; returns the milliseconds to wait if it is not allowed yet, otherwise 0. */
    synchronized long take(UUID customer, String address, long now) {
        TokenBucket ofCustomer = ofCustomer(customer, now);
        TokenBucket ofAddress = ofAddress(address, now);
        long wait = Math.max(ofCustomer.millisUntilNext(now), ofAddress.millisUntilNext(now));
        if (wait == 0) {
            ofCustomer.take(now);
            ofAddress.take(now);
            unpublishedByCustomer.merge(customer, 1, Integer::sum);
            unpublishedByAddress.merge(address, 1, Integer::sum);
        }
        return wait;
    }

    /** Returns a message that was not stored, or was stored before. */
    synchronized void refund(UUID customer, String address, long now) {
        ofCustomer(customer, now).refund(now);
        ofAddress(address, now).refund(now);
        unpublishedByCustomer.merge(customer, -1, Integer::sum);
        unpublishedByAddress.merge(address, -1, Integer::sum);
    }

    /** The counts since the last call, as messages for the other nodes. */
    synchronized List<NodeMessage.Written> takeUnpublished() {
        // Taken and refunded.
        unpublishedByCustomer.values().removeIf(count -> count == 0);
        unpublishedByAddress.values().removeIf(count -> count == 0);
        if (unpublishedByCustomer.isEmpty() && unpublishedByAddress.isEmpty()) {
            return List.of();
        }
        List<NodeMessage.Written> messages = new ArrayList<>();
        split(unpublishedByCustomer, part -> new NodeMessage.Written(part, Map.of()), messages);
        split(unpublishedByAddress, part -> new NodeMessage.Written(Map.of(), part), messages);
        unpublishedByCustomer = new HashMap<>();
        unpublishedByAddress = new HashMap<>();
        return messages;
    }

    /** Takes the messages that another node has allowed. */
    synchronized void addFromOtherNode(NodeMessage.Written written, long now) {
        written.customers()
                .forEach((customer, count) -> ofCustomer(customer, now).takeUnconditionally(count, now));
        written.addresses().forEach((address, count) -> ofAddress(address, now).takeUnconditionally(count, now));
    }

    private TokenBucket ofCustomer(UUID customer, long now) {
        return messagesByCustomer.computeIfAbsent(
                customer, id -> bucket(limits.customerMessageBurst(), limits.customerMessagesPerMinute(), 1, now));
    }

    private TokenBucket ofAddress(String address, long now) {
        return messagesByAddress.computeIfAbsent(
                address, id -> bucket(limits.addressMessageBurst(), limits.addressMessagesPerMinute(), 1, now));
    }

    private static TokenBucket bucket(int burst, int perMinute, int times, long now) {
        return new TokenBucket((int) Math.min(Integer.MAX_VALUE, (long) burst * times), perMinute / 60.0 * times, now);
    }

    /** Splits the counts, because messages between nodes are limited in size. */
    private static <K> void split(
            Map<K, Integer> all, Function<Map<K, Integer>, NodeMessage.Written> message, List<NodeMessage.Written> to) {
        Map<K, Integer> part = new HashMap<>();
        for (Map.Entry<K, Integer> entry : all.entrySet()) {
            part.put(entry.getKey(), entry.getValue());
            if (part.size() == MAX_COUNTS_PER_MESSAGE) {
                to.add(message.apply(part));
                part = new HashMap<>();
            }
        }
        if (!part.isEmpty()) {
            to.add(message.apply(part));
        }
    }
}
