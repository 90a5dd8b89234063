package io.replyloop.lab.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The replies that agents could pick from, by task. The same label may have different wordings in two tasks. */
public final class KnowledgeBase {

    /** A candidate for a pick: a label and its wordings in the dialogue's tasks. */
    public record Candidate(String label, Set<String> texts) {}

    private final Map<String, Map<String, String>> textsByTask = new LinkedHashMap<>();
    private final Map<String, String> titles = new HashMap<>();

    /** Reads a file of {@link ReplyLine}s with labels. */
    public static KnowledgeBase read(Path file) throws IOException {
        KnowledgeBase base = new KnowledgeBase();
        for (ReplyLine reply : ReplyLine.read(file)) {
            if (reply.label() == null) {
                throw new IllegalArgumentException(file + ", line " + reply.line() + ": 'label' must be a text");
            }
            base.put(
                    Objects.requireNonNullElse(reply.task(), ""),
                    reply.label(),
                    Objects.requireNonNullElse(reply.title(), ""),
                    reply.text());
        }
        return base;
    }

    void put(String task, String label, String title, String text) {
        titles.put(text, title);
        textsByTask.computeIfAbsent(task, unknown -> new LinkedHashMap<>()).put(label, text);
    }

    public Set<String> tasks() {
        return textsByTask.keySet();
    }

    /** The title of the reply with this text; empty if it has none. */
    public String title(String text) {
        return titles.getOrDefault(text, "");
    }

    /** The same without these tasks. */
    public KnowledgeBase without(Set<String> tasks) {
        KnowledgeBase rest = new KnowledgeBase();
        rest.titles.putAll(titles);
        textsByTask.forEach((task, texts) -> {
            if (!tasks.contains(task)) {
                rest.textsByTask.put(task, texts);
            }
        });
        return rest;
    }

    /** The replies of these tasks, one candidate per label. */
    public List<Candidate> candidates(Collection<String> tasks) {
        Map<String, Set<String>> texts = new LinkedHashMap<>();
        for (String task : tasks) {
            textsByTask
                    .getOrDefault(task, Map.of())
                    .forEach((label, text) -> texts.computeIfAbsent(label, key -> new LinkedHashSet<>())
                            .add(text));
        }
        List<Candidate> candidates = new ArrayList<>();
        texts.forEach((label, wordings) -> candidates.add(new Candidate(label, wordings)));
        return candidates;
    }

    /** The values of labels by wording. */
    public Map<String, Double> byText(Collection<String> tasks, Map<String, Double> byLabel) {
        Map<String, Double> byText = new LinkedHashMap<>();
        for (Candidate candidate : candidates(tasks)) {
            Double number = byLabel.get(candidate.label());
            if (number != null) {
                candidate.texts().forEach(text -> byText.put(text, number));
            }
        }
        return byText;
    }

    /** Every reply of every task, one candidate per label. */
    public List<Candidate> all() {
        return candidates(textsByTask.keySet());
    }
}
