package io.replyloop.lab.corpus;

import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The replies that agents could pick from, by task. The same label may be worded differently in two tasks. */
public final class KnowledgeBase {

    /** A reply that a dialogue could be given: its label and every wording that the dialogue's tasks know. */
    public record Candidate(String label, Set<String> texts) {}

    private final Map<String, Map<String, String>> textsByTask = new LinkedHashMap<>();
    private final Map<String, String> titles = new HashMap<>();

    /** Reads {@code {"label", "text", "task", "title"}} per line, plain or gzipped. */
    public static KnowledgeBase read(Path file) throws IOException {
        KnowledgeBase base = new KnowledgeBase();
        JsonLines.read(file, (number, node) -> {
            for (String field : List.of("label", "text")) {
                if (!node.path(field).isTextual()) {
                    throw new IllegalArgumentException("there is no " + field);
                }
            }
            base.put(
                    node.path("task").asText(""),
                    node.get("label").asText(),
                    node.path("title").asText(""),
                    node.get("text").asText());
        });
        return base;
    }

    void put(String task, String label, String title, String text) {
        titles.put(text, title);
        textsByTask.computeIfAbsent(task, unknown -> new LinkedHashMap<>()).put(label, text);
    }

    public Set<String> tasks() {
        return textsByTask.keySet();
    }

    /** Of the reply with this text; empty where it has none. */
    public String title(String text) {
        return titles.getOrDefault(text, "");
    }

    /** The same without the replies that only these tasks have. */
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

    /** The same numbers by wording; each wording of a label has the label's. */
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
