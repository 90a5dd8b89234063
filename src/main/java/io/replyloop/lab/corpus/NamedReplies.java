package io.replyloop.lab.corpus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replies by the names that dialogues use for them. The same name can mean different replies in different tasks.
 *
 * @param <R> a reply
 */
public final class NamedReplies<R> {
    private record Named<R>(R reply, Set<String> tasks) {}

    private final Map<String, List<Named<R>>> byName = new HashMap<>();

    /**
     * Adds a reply.
     *
     * @param name nothing is added if it is null
     * @param tasks to which the reply is limited; empty if it is not
     */
    public void put(String name, R reply, Collection<String> tasks) {
        if (name != null) {
            Set<String> limitedTo = tasks.stream().map(NamedReplies::normalised).collect(Collectors.toSet());
            byName.computeIfAbsent(name, unknown -> new ArrayList<>()).add(new Named<>(reply, limitedTo));
        }
    }

    /** The replies that a name can mean in a dialogue about these tasks, which are all with this name if it has no tasks. */
    public List<R> named(String name, Collection<String> tasks) {
        Set<String> about = tasks.stream().map(NamedReplies::normalised).collect(Collectors.toSet());
        return byName.getOrDefault(name, List.of()).stream()
                .filter(named -> about.isEmpty()
                        || named.tasks.isEmpty()
                        || named.tasks.stream().anyMatch(about::contains))
                .map(Named::reply)
                .toList();
    }

    public int size() {
        return byName.values().stream().mapToInt(List::size).sum();
    }

    /** In lower case, with single spaces. */
    public static String normalised(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
