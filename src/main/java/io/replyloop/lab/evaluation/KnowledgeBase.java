package io.replyloop.lab.evaluation;

import io.replyloop.exchange.KnowledgeFile;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A team's replies, and how its questions name them. */
final class KnowledgeBase {
    /** @param questions those that the file says it has answered */
    record Reply(
            UUID id,
            String label,
            String title,
            String text,
            String language,
            String category,
            List<String> questions) {}

    private record Named(UUID reply, List<String> categories) {}

    private final List<Reply> replies;
    private final Map<String, List<Named>> byName = new HashMap<>();

    private KnowledgeBase(List<Reply> replies) {
        this.replies = replies;
    }

    /**
     * Reads a file as an import would.
     *
     * @param without labels of replies that are left out
     */
    static KnowledgeBase read(Path file, Set<String> without) throws IOException {
        KnowledgeFile read;
        try (InputStream in = JsonLines.open(file)) {
            read = KnowledgeFile.read(in.readAllBytes());
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(file + ": " + refused.getMessage(), refused);
        }
        List<Reply> replies = new ArrayList<>();
        for (KnowledgeFile.Entry entry : read.entries()) {
            if (entry.draft().label() == null || !without.contains(entry.draft().label())) {
                List<String> categories = entry.draft().categories();
                replies.add(new Reply(
                        entry.id(),
                        entry.draft().label(),
                        entry.draft().title(),
                        entry.draft().text(),
                        entry.draft().language(),
                        categories.isEmpty() ? null : categories.get(0),
                        entry.questions().stream()
                                .map(question -> question.text())
                                .toList()));
            }
        }
        if (replies.isEmpty()) {
            throw new IllegalArgumentException(file + " has no published reply");
        }
        KnowledgeBase base = new KnowledgeBase(replies);
        Set<UUID> there = new LinkedHashSet<>(replies.stream().map(Reply::id).toList());
        for (KnowledgeFile.Line line : read.lines()) {
            if (there.contains(line.reply())) {
                base.name(line.label(), new Named(line.reply(), line.categories()));
            }
        }
        replies.forEach(reply -> base.name(reply.title(), new Named(reply.id(), List.of())));
        return base;
    }

    private void name(String name, Named reply) {
        if (name != null) {
            byName.computeIfAbsent(name, unknown -> new ArrayList<>()).add(reply);
        }
    }

    List<Reply> replies() {
        return replies;
    }

    /**
     * The replies that a label, or a title, can mean in a conversation about these tasks; empty when there is none. With
     * tasks, a label of other tasks only is another reply of the same name.
     */
    Set<UUID> named(String name, List<String> tasks) {
        Set<UUID> meant = new LinkedHashSet<>();
        for (Named named : byName.getOrDefault(name, List.of())) {
            boolean fits = tasks.isEmpty()
                    || named.categories().isEmpty()
                    || named.categories().stream()
                            .anyMatch(category -> tasks.stream().anyMatch(task -> same(task, category)));
            if (fits) {
                meant.add(named.reply());
            }
        }
        return meant;
    }

    private static boolean same(String task, String category) {
        return task.strip().toLowerCase(Locale.ROOT).equals(category.strip().toLowerCase(Locale.ROOT));
    }
}
