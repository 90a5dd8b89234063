package io.replyloop.lab.evaluation;

import io.replyloop.exchange.KnowledgeFile;
import io.replyloop.lab.corpus.NamedReplies;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A team's replies, and the names that its dialogues and questions use for them. */
final class KnowledgeBase {
    /** @param questions that the reply has answered, according to the file */
    record Reply(
            UUID id,
            String label,
            String title,
            String text,
            String language,
            String category,
            List<String> questions) {}

    private final List<Reply> replies;
    private final NamedReplies<UUID> byName = new NamedReplies<>();

    private KnowledgeBase(List<Reply> replies) {
        this.replies = replies;
    }

    /**
     * Reads a file as an import does.
     *
     * @param without labels of replies to leave out
     */
    static KnowledgeBase read(Path file, Set<String> without) throws IOException {
        byte[] bytes = JsonLines.bytes(file);
        KnowledgeFile read;
        try {
            read = KnowledgeFile.read(bytes);
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
                base.byName.put(line.label(), line.reply(), line.categories());
            }
        }
        replies.forEach(reply -> base.byName.put(reply.title(), reply.id(), List.of()));
        return base;
    }

    List<Reply> replies() {
        return replies;
    }

    /** The replies that a label or a title can mean in a conversation about these tasks. */
    Set<UUID> named(String name, List<String> tasks) {
        return new LinkedHashSet<>(byName.named(name, tasks));
    }
}
