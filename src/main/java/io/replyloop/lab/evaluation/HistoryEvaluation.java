package io.replyloop.lab.evaluation;

import com.sun.management.OperatingSystemMXBean;
import io.replyloop.history.Answer;
import io.replyloop.history.DraftFinder;
import io.replyloop.history.Said;
import io.replyloop.history.Writer;
import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.platform.Json;
import io.replyloop.ranking.DirectoryRanker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Measures what an empty knowledge base learns from transcripts: drafts are made of what agents wrote, the first of them are
 * published with the questions that they answered, and later questions are asked. A draft is the reply that an agent picked
 * when most of its messages that were picks carry that label.
 */
public final class HistoryEvaluation {
    private static final List<Integer> MEASURED = List.of(50, 100, 150);
    private static final int SHOWN_DRAFTS = 40;

    /**
     * How to measure.
     *
     * @param transcripts dialogues, whose labels only the measurement reads
     * @param asked dialogues with picks; null to show the drafts alone
     * @param published so many drafts, the first
     * @param pairs so many questions of each, the newest
     * @param questions so many of the picks, by chance
     */
    public record Plan(
            Path transcripts,
            Path asked,
            Path model,
            Function<List<String>, List<float[]>> vectors,
            Duration budget,
            int published,
            int pairs,
            int questions,
            long seed) {}

    private record Labelled(Answer answer, String label, String group) {}

    private record Draft(UUID id, DraftFinder.Found found, String label, double purity) {}

    private final Plan plan;
    private final Consumer<String> log;
    private final CachedVectors vectors;

    public HistoryEvaluation(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
        vectors = new CachedVectors(plan.vectors());
    }

    /** @return the report as JSON */
    public String run() throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        List<Labelled> written = read(plan.transcripts());
        List<String> texts = written.stream().map(one -> one.answer().text()).toList();
        log.accept(String.format("%,d messages of agents are put into groups", texts.size()));
        report.put("messagesOfAgents", texts.size());
        long wall = System.nanoTime();
        long cpu = cpu();
        List<DraftFinder.Found> found =
                DraftFinder.of(texts, message -> written.get(message).answer().question(), this::read);
        report.put("seconds", (System.nanoTime() - wall) / 1_000_000 / 1e3);
        report.put("cpuSeconds", (cpu() - cpu) / 1_000_000 / 1e3);
        List<Draft> drafts = found.stream().map(one -> draft(one, written)).toList();
        report.put("drafts", drafts.size());
        report.put(
                "messagesInDrafts",
                found.stream().mapToInt(one -> one.messages().size()).sum());
        report.put(
                "smallTalk", found.stream().filter(DraftFinder.Found::smallTalk).count());
        report.put(
                "first",
                drafts.stream()
                        .limit(SHOWN_DRAFTS)
                        .map(HistoryEvaluation::shown)
                        .toList());
        if (plan.asked() != null) {
            measure(drafts, written, report);
        }
        return Json.PRETTY.writeValueAsString(report);
    }

    private List<float[]> read(List<String> all) {
        Progress progress = new Progress(all.size(), log);
        for (int from = 0; from < all.size(); from += 64) {
            vectors.prepare(all.subList(from, Math.min(all.size(), from + 64)));
            int done = from;
            progress.tell(() -> String.format("%,d of %,d texts read", done, all.size()));
        }
        return all.stream().map(vectors::of).toList();
    }

    private static List<Labelled> read(Path file) throws IOException {
        List<Labelled> all = new ArrayList<>();
        for (Dialogue dialogue : Dialogue.read(file)) {
            List<Said> said = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (Dialogue.Turn turn : dialogue.turns()) {
                if (turn.by() != Dialogue.Speaker.OTHER) {
                    said.add(new Said(turn.isAgents() ? Writer.AGENT : Writer.CUSTOMER, turn.text(), null));
                    labels.add(turn.picked());
                }
            }
            for (Answer answer : Answer.of(said)) {
                boolean asked = answer.turn() > 0 && said.get(answer.turn() - 1).by() == Writer.CUSTOMER;
                all.add(new Labelled(answer, labels.get(answer.turn()), asked ? dialogue.id() : null));
            }
        }
        return all;
    }

    private static Draft draft(DraftFinder.Found found, List<Labelled> written) {
        Map<String, Long> labels = found.messages().stream()
                .map(message -> written.get(message).label())
                .filter(label -> label != null)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        UUID id = new UUID(7, found.messages().get(0));
        return labels.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> new Draft(
                        id,
                        found,
                        most.getKey(),
                        most.getValue()
                                / (double) labels.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()))
                .map(draft -> draft.purity() > 0.5 ? draft : new Draft(id, found, null, draft.purity()))
                .orElse(new Draft(id, found, null, 0));
    }

    private static Map<String, Object> shown(Draft draft) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("uses", draft.found().messages().size());
        shown.put("title", draft.found().title());
        shown.put("text", draft.found().text());
        shown.put("smallTalk", draft.found().smallTalk());
        if (draft.label() != null) {
            shown.put("label", draft.label());
            shown.put("purity", Math.round(draft.purity() * 100) / 100.0);
        }
        return shown;
    }

    private void measure(List<Draft> drafts, List<Labelled> written, Map<String, Object> report) throws IOException {
        List<Labelled> picks =
                read(plan.asked()).stream().filter(one -> one.label() != null).toList();
        Map<String, Object> coverage = new LinkedHashMap<>();
        for (int first : MEASURED) {
            Set<String> labels = labels(drafts, first);
            coverage.put(
                    Integer.toString(first),
                    share(
                            picks.stream()
                                    .filter(pick -> labels.contains(pick.label()))
                                    .count(),
                            picks.size()));
        }
        report.put("picks", picks.size());
        report.put("coverage", coverage);
        List<Labelled> asked = new ArrayList<>(
                picks.stream().filter(pick -> pick.group() != null).toList());
        report.put("picksAfterAQuestion", asked.size());
        Collections.shuffle(asked, new Random(plan.seed()));
        ask(drafts, written, asked.subList(0, Math.min(plan.questions(), asked.size())), report);
    }

    private void ask(List<Draft> drafts, List<Labelled> written, List<Labelled> asked, Map<String, Object> report) {
        List<Draft> published = drafts.subList(0, Math.min(plan.published(), drafts.size()));
        List<Outcome> outcomes = new ArrayList<>();
        try (DirectoryRanker serving = new DirectoryRanker(plan.model(), plan.budget());
                Product team = new Product(serving.ranker(), vectors)) {
            publish(team, published, written);
            Progress progress = new Progress(asked.size(), log);
            for (Labelled pick : asked) {
                Set<UUID> right = new HashSet<>();
                published.stream()
                        .filter(draft -> pick.label().equals(draft.label()))
                        .forEach(draft -> right.add(draft.id()));
                Moment moment = new Moment(
                        pick.group(), pick.answer().query(), pick.answer().question(), right);
                outcomes.add(Outcome.of(moment, team.suggest(moment)));
                progress.asked("questions of later conversations");
            }
        }
        Outcome.Figures figures = Outcome.Figures.of(outcomes);
        report.put("asked", outcomes.size());
        report.put("acceptAt1", figures.recallAt1());
        report.put("acceptAt3", figures.recallAt3());
        report.put("shownAt3", Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isShown() ? 1 : 0));
        report.put(
                "silent",
                share(
                        outcomes.stream()
                                .filter(outcome -> outcome.shown().isEmpty())
                                .count(),
                        outcomes.size()));
    }

    private void publish(Product team, List<Draft> published, List<Labelled> written) {
        for (Draft draft : published) {
            team.publish(new KnowledgeBase.Reply(
                    draft.id(),
                    null,
                    draft.found().title(),
                    draft.found().text(),
                    draft.found().language(),
                    null,
                    List.of()));
        }
        Progress progress = new Progress(published.size(), log);
        Map<UUID, Integer> counts = new HashMap<>();
        for (Draft draft : published) {
            List<Moment> pairs = draft.found().messages().stream()
                    .sorted()
                    .map(written::get)
                    .filter(one -> !one.answer().question().isBlank())
                    .map(one ->
                            new Moment("", one.answer().query(), one.answer().question(), Set.of(draft.id())))
                    .toList();
            List<Moment> newest = pairs.subList(Math.max(0, pairs.size() - plan.pairs()), pairs.size());
            team.known(newest, draft.id());
            counts.put(draft.id(), newest.size());
            progress.tell(said(counts, published));
        }
    }

    private static Supplier<String> said(Map<UUID, Integer> counts, List<Draft> published) {
        return () -> String.format(
                "%,d questions of %,d of %,d drafts remembered",
                counts.values().stream().mapToInt(Integer::intValue).sum(), counts.size(), published.size());
    }

    private static Set<String> labels(List<Draft> drafts, int first) {
        return drafts.stream()
                .limit(first)
                .map(Draft::label)
                .filter(label -> label != null)
                .collect(Collectors.toSet());
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : Math.round(some * 1000.0 / all) / 1000.0;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
