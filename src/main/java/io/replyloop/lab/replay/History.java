package io.replyloop.lab.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The difference between the messages that were sent and those that one side has received. */
record History(Set<UUID> lost, int duplicated, int outOfOrder) {
    /**
     * @param sent all messages of the conversation, in the order in which they were sent
     * @param received the messages that one side has received; an unknown message counts as a duplicate
     */
    static History compare(List<Sent> sent, List<Stream.Arrived> received) {
        return ofIds(sent.stream().map(Sent::id).toList(), identified(sent, received));
    }

    record Sent(UUID id, boolean byAgent, String text) {}

    /** Customers do not see the ids of agents' messages, so these are matched by their texts, in order. */
    private static List<UUID> identified(List<Sent> sent, List<Stream.Arrived> received) {
        List<Sent> unmatched = new ArrayList<>(sent);
        List<UUID> ids = new ArrayList<>();
        for (Stream.Arrived message : received) {
            UUID id = message.id();
            if (id == null) {
                id = unmatched.stream()
                        .filter(candidate -> candidate.byAgent() == message.byAgent()
                                && candidate.text().equals(message.text()))
                        .map(Sent::id)
                        .findFirst()
                        .orElse(null);
            }
            UUID matched = id;
            unmatched.removeIf(candidate -> candidate.id().equals(matched));
            ids.add(id);
        }
        return ids;
    }

    static History ofIds(List<UUID> sent, List<UUID> received) {
        Map<UUID, Integer> positions = new HashMap<>();
        sent.forEach(id -> positions.put(id, positions.size()));
        Set<UUID> lost = new HashSet<>(sent);
        int duplicated = 0;
        int[] order = new int[received.size()];
        int known = 0;
        for (UUID id : received) {
            if (lost.remove(id)) {
                order[known++] = Objects.requireNonNull(positions.get(id));
            } else {
                duplicated++;
            }
        }
        return new History(lost, duplicated, known - longestIncreasingSubsequence(order, known));
    }

    /** All messages outside of it are out of order: the fewest that would have to be moved. */
    private static int longestIncreasingSubsequence(int[] order, int length) {
        int[] smallestEnd = new int[length];
        int longest = 0;
        for (int position = 0; position < length; position++) {
            int found = Arrays.binarySearch(smallestEnd, 0, longest, order[position]);
            int place = found >= 0 ? found : -found - 1;
            smallestEnd[place] = order[position];
            longest = Math.max(longest, place + 1);
        }
        return longest;
    }
}
