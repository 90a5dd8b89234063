package io.replyloop.lab.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Compares what was sent with what a side got to see, in both orders. */
record History(Set<UUID> lost, int duplicated, int outOfOrder) {
    /**
     * @param sent every message of the conversation, in the order in which it was sent
     * @param seen the messages that one side received; an unknown one counts as a duplicate, for nobody sent it
     */
    static History compare(List<Sent> sent, List<Stream.Arrived> seen) {
        return ofIds(sent.stream().map(Sent::id).toList(), identified(sent, seen));
    }

    record Sent(UUID id, boolean byAgent, String text) {}

    /** Customers do not see the ids of agents' messages; those are told by their texts, one after the other. */
    private static List<UUID> identified(List<Sent> sent, List<Stream.Arrived> seen) {
        List<Sent> unmatched = new ArrayList<>(sent);
        List<UUID> ids = new ArrayList<>();
        for (Stream.Arrived message : seen) {
            UUID id = message.id();
            if (id == null) {
                id = unmatched.stream()
                        .filter(one ->
                                one.byAgent() == message.byAgent() && one.text().equals(message.text()))
                        .map(Sent::id)
                        .findFirst()
                        .orElse(null);
            }
            UUID matched = id;
            unmatched.removeIf(one -> one.id().equals(matched));
            ids.add(id);
        }
        return ids;
    }

    static History ofIds(List<UUID> sent, List<UUID> seen) {
        Map<UUID, Integer> places = new HashMap<>();
        sent.forEach(id -> places.put(id, places.size()));
        Set<UUID> lost = new HashSet<>(sent);
        int duplicated = 0;
        int[] order = new int[seen.size()];
        int known = 0;
        for (UUID id : seen) {
            if (lost.remove(id)) {
                order[known++] = Objects.requireNonNull(places.get(id));
            } else {
                duplicated++;
            }
        }
        return new History(lost, duplicated, known - longestRise(order, known));
    }

    /** The fewest that would have to move are those outside of the longest rising subsequence. */
    private static int longestRise(int[] order, int length) {
        int[] smallestEnd = new int[length];
        int longest = 0;
        for (int position = 0; position < length; position++) {
            int found = java.util.Arrays.binarySearch(smallestEnd, 0, longest, order[position]);
            int place = found >= 0 ? found : -found - 1;
            smallestEnd[place] = order[position];
            longest = Math.max(longest, place + 1);
        }
        return longest;
    }
}
