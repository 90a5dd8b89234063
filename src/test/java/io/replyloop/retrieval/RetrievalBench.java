package io.replyloop.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;

/**
 * Measures retrieval on dialogues: remembers the picks of {@code train.jsonl.gz} and ranks the replies of each
 * dialogue's tasks for the picks of {@code dev.jsonl.gz}. Arguments: the folder with these and {@code kb.jsonl.gz};
 * optionally how many questions are kept per reply, and to take every n-th pick only.
 */
final class RetrievalBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TURNS = 4;

    private record Pick(List<String> tasks, String label, Question question) {}

    private record Case(double value, boolean right) {}

    private RetrievalBench() {}

    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int questionsPerReply = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        int step = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        Map<String, Map<String, UUID>> replies = new HashMap<>();
        try (ReplyIndex index = new ReplyIndex(questionsPerReply)) {
            for (JsonNode line : lines(folder.resolve("kb.jsonl.gz"))) {
                String text = line.get("text").asText();
                String label = line.get("label").asText();
                UUID id = UUID.nameUUIDFromBytes(text.toLowerCase().getBytes(StandardCharsets.UTF_8));
                replies.computeIfAbsent(line.get("task").asText(), task -> new HashMap<>())
                        .put(label, id);
                index.put(new IndexedReply(id, label.replace('_', ' '), text, "en"));
            }
            int remembered = 0;
            for (Pick pick : picks(folder.resolve("train.jsonl.gz"))) {
                UUID reply = reply(replies, pick);
                if (reply != null) {
                    index.remember(new IndexedQuestion(
                            "" + remembered++,
                            reply,
                            pick.question().context(),
                            pick.question().text()));
                }
            }
            index.refresh();
            List<Map<UUID, Evidence>> found = new ArrayList<>();
            List<Set<UUID>> candidates = new ArrayList<>();
            List<UUID> right = new ArrayList<>();
            long nanos = 0;
            List<Pick> picks = picks(folder.resolve("dev.jsonl.gz"));
            for (int number = 0; number < picks.size(); number += step) {
                Pick pick = picks.get(number);
                UUID reply = reply(replies, pick);
                if (reply == null) {
                    continue;
                }
                long before = THREADS.getCurrentThreadCpuTime();
                found.add(index.search(pick.question()).of());
                nanos += THREADS.getCurrentThreadCpuTime() - before;
                right.add(reply);
                Set<UUID> all = new LinkedHashSet<>();
                pick.tasks().forEach(task -> all.addAll(replies.get(task).values()));
                candidates.add(all);
            }
            System.out.printf(
                    "%d questions remembered, %d picks, %.2f ms of processor time each%n",
                    remembered, right.size(), nanos / 1e6 / right.size());
            report("first stage", found, candidates, right, Evidence::firstStage);
            report("memory", found, candidates, right, Evidence::memory);
            report("sum", found, candidates, right, evidence -> evidence.memory() + 0.1 * evidence.firstStage());
        }
    }

    private static void report(
            String name,
            List<Map<UUID, Evidence>> found,
            List<Set<UUID>> candidates,
            List<UUID> right,
            ToDoubleFunction<Evidence> score) {
        double first = 0;
        double third = 0;
        double reciprocal = 0;
        List<Case> cases = new ArrayList<>();
        for (int number = 0; number < right.size(); number++) {
            UUID wanted = right.get(number);
            Map<UUID, Evidence> evidence = found.get(number);
            double own = score.applyAsDouble(evidence.getOrDefault(wanted, Evidence.NONE));
            double before = 0;
            for (UUID candidate : candidates.get(number)) {
                double other = score.applyAsDouble(evidence.getOrDefault(candidate, Evidence.NONE));
                cases.add(new Case(other, candidate.equals(wanted)));
                if (!candidate.equals(wanted)) {
                    before += other > own ? 1 : other == own ? 0.5 : 0;
                }
            }
            first += before < 1 ? 1 - before : 0;
            third += before < 3 ? 1 : 0;
            reciprocal += 1 / (1 + before);
        }
        int count = right.size();
        System.out.printf(
                "%-12s R@1 %.3f  R@3 %.3f  MRR %.3f  log loss %.4f%n",
                name, first / count, third / count, reciprocal / count, logLoss(cases));
    }

    /** Of the best logistic model on this one feature, found by Newton's method. */
    private static double logLoss(Collection<Case> cases) {
        double bias = -2;
        double weight = 1;
        for (int step = 0; step < 50; step++) {
            double g0 = 0, g1 = 0, h00 = 1e-6, h01 = 0, h11 = 1e-6;
            for (Case one : cases) {
                double p = 1 / (1 + Math.exp(-bias - weight * one.value()));
                double error = p - (one.right() ? 1 : 0);
                double slope = p * (1 - p);
                g0 += error;
                g1 += error * one.value();
                h00 += slope;
                h01 += slope * one.value();
                h11 += slope * one.value() * one.value();
            }
            double determinant = h00 * h11 - h01 * h01;
            bias -= (h11 * g0 - h01 * g1) / determinant;
            weight -= (h00 * g1 - h01 * g0) / determinant;
        }
        double loss = 0;
        for (Case one : cases) {
            double p = 1 / (1 + Math.exp(-bias - weight * one.value()));
            loss -= Math.log(one.right() ? p : 1 - p);
        }
        return loss / cases.size();
    }

    private static UUID reply(Map<String, Map<String, UUID>> replies, Pick pick) {
        return pick.tasks().stream()
                .filter(task -> replies.containsKey(task) && replies.get(task).containsKey(pick.label()))
                .map(task -> replies.get(task).get(pick.label()))
                .findFirst()
                .orElse(null);
    }

    private static List<Pick> picks(Path file) throws IOException {
        List<Pick> picks = new ArrayList<>();
        for (JsonNode dialogue : lines(file)) {
            List<String> tasks = new ArrayList<>();
            dialogue.get("tasks").forEach(task -> tasks.add(task.asText()));
            List<String> turns = new ArrayList<>();
            String burst = "";
            for (JsonNode event : dialogue.get("events")) {
                if (!event.has("text")) {
                    continue;
                }
                String text = event.get("text").asText().replace('\n', ' ').strip();
                boolean customer = event.get("by").asText().equals("customer");
                if (event.has("picked")) {
                    String query = String.join("\n", turns.subList(Math.max(0, turns.size() - TURNS), turns.size()));
                    picks.add(new Pick(tasks, event.get("picked").asText(), Question.of(query, burst)));
                }
                burst = !customer ? "" : burst.isEmpty() ? text : burst + "\n" + text;
                turns.add(text);
            }
        }
        return picks;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }
}
