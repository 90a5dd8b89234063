package io.replyloop.lab.evaluation;

import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.dataset.LabelledPair;
import io.replyloop.dataset.UnstoredExamples;
import io.replyloop.model.ModelDirectory;
import io.replyloop.ranking.DirectoryRanker;
import io.replyloop.ranking.OwnScore;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Evidence;
import io.replyloop.suggestion.ImpressionView;
import io.replyloop.suggestion.Shortlist;
import io.replyloop.training.worker.DirectoryRun;
import io.replyloop.training.worker.HeldOut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gain of a training run on a team's decisions. The decisions are made one after another with their suggestions, from
 * which the training examples come. Then both the old and the new model answer the same questions with the same memory.
 */
final class TrainingGain {
    private final Path model;
    private final Duration budget;
    private final int threads;
    private final Progress progress;
    private final Map<UUID, String> texts = new HashMap<>();
    private final Map<String, Map<UUID, Evidence>> evidence = new HashMap<>();
    private final Map<String, List<OwnScore.Candidate>> decided = new LinkedHashMap<>();

    /** The same questions, before and after. */
    record Asked(List<Outcome> before, List<Outcome> after) {
        Report.Gain gain(int decisions) {
            return new Report.Gain(
                    decisions,
                    Report.Learning.of("product", decisions, before),
                    Report.Learning.of("product, trained", decisions, after),
                    difference(1),
                    difference(Suggestions.ON_SCREEN));
        }

        private Estimate difference(int most) {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                places.add(i);
            }
            return Estimate.mean(
                    places,
                    i -> before.get(i).group(),
                    i -> (after.get(i).isAmong(most) ? 1 : 0) - (before.get(i).isAmong(most) ? 1 : 0));
        }
    }

    TrainingGain(Path model, Duration budget, int threads, KnowledgeBase base, Progress progress) {
        this.model = model;
        this.budget = budget;
        this.threads = threads;
        this.progress = progress;
        base.replies().forEach(reply -> texts.put(reply.id(), reply.text()));
    }

    /** @param team with the knowledge base and without decisions */
    Map<Integer, Asked> measure(Product team, Round round, List<Integer> counts) throws IOException {
        Map<Integer, Asked> measured = new HashMap<>();
        UnstoredExamples examples = new UnstoredExamples();
        int done = 0;
        for (int count : counts) {
            for (Moment moment : round.decisions().subList(done, count)) {
                decide(team, moment, examples);
                progress.asked("decisions before a training run");
            }
            done = count;
            Path folder = Files.createTempDirectory("replyloop-run");
            try {
                Path trained = folder.resolve("model");
                train(examples.parts(), trained, count);
                List<Outcome> before = ask(team, round, "before the run");
                try (DirectoryRanker ranker = new DirectoryRanker(trained, budget)) {
                    List<Outcome> after = ask(team.with(ranker.ranker()), round, "after the run");
                    measured.put(count, new Asked(before, after));
                }
            } finally {
                ModelDirectory.delete(folder);
            }
        }
        return measured;
    }

    private void decide(Product team, Moment moment, UnstoredExamples examples) {
        Ranking ranking = team.rank(moment);
        Shortlist shortlist = Product.shortlist(moment, ranking, ranking.threshold());
        List<ImpressionView.Candidate> candidates = new ArrayList<>();
        Map<UUID, Evidence> known = new LinkedHashMap<>();
        Stream.concat(shortlist.shown().stream(), shortlist.others().stream())
                .limit(Product.KEPT)
                .forEach(scored -> {
                    int position = candidates.size() + 1;
                    candidates.add(candidate(
                            position, scored, position <= shortlist.shown().size()));
                    known.put(scored.candidate().reply(), scored.candidate().evidence());
                });
        UUID reply = moment.right().iterator().next();
        UUID conversation = UUID.nameUUIDFromBytes(moment.group().getBytes(StandardCharsets.UTF_8));
        String group = examples.decided(conversation, moment.query(), candidates, texts, reply);
        evidence.put(group, known);
        if (ranking.by() == RankedBy.CROSS_ENCODER) {
            decided.put(group, Product.candidates(shortlist, reply));
        }
        team.decided(moment, reply, ranking);
    }

    private static ImpressionView.Candidate candidate(int position, Scored scored, boolean shown) {
        return new ImpressionView.Candidate(
                position,
                scored.candidate().reply(),
                scored.candidate().version(),
                scored.candidate().evidence().firstStage(),
                scored.candidate().evidence().meaning(),
                scored.candidate().evidence().memory(),
                scored.candidate().evidence().known(),
                scored.logit(),
                scored.probability(),
                null,
                shown,
                null);
    }

    private void train(UnstoredExamples.Parts parts, Path out, int decisions) throws IOException {
        progress.say(String.format(
                "A training run on %,d decisions: %,d examples, %,d held out",
                decisions, parts.train().size(), parts.heldOut().size()));
        DirectoryRun.run(
                model,
                parts.train().stream().map(TrainingGain::example).toList(),
                heldOut(parts.heldOut()),
                decidedBut(parts.heldOut()),
                out,
                threads,
                new TrainingListener() {
                    @Override
                    public void progress(TrainingProgress now) {
                        progress.tell(() -> String.format(
                                "training run: step %d of %d, %d s left",
                                now.step(), now.steps(), now.left().toSeconds()));
                    }
                });
    }

    /** The latest decisions, except those that the run is measured with. */
    private List<List<OwnScore.Candidate>> decidedBut(List<UnstoredExamples.Example> heldOut) {
        Set<String> measured =
                heldOut.stream().map(example -> example.pair().group()).collect(Collectors.toSet());
        List<List<OwnScore.Candidate>> others = decided.entrySet().stream()
                .filter(decision -> !measured.contains(decision.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return others.subList(Math.max(0, others.size() - OwnScore.NEWEST), others.size());
    }

    private static TrainingExample example(UnstoredExamples.Example example) {
        LabelledPair pair = example.pair();
        return new TrainingExample(pair.query(), pair.reply(), pair.label(), pair.group());
    }

    /** The examples, and all other candidates of the answered questions. */
    private List<HeldOut> heldOut(List<UnstoredExamples.Example> examples) {
        List<HeldOut> heldOut = new ArrayList<>();
        Map<String, Map<UUID, Evidence>> others = new HashMap<>();
        for (UnstoredExamples.Example example : examples) {
            Map<UUID, Evidence> left =
                    others.computeIfAbsent(example.pair().group(), group -> new LinkedHashMap<>(evidence.get(group)));
            heldOut.add(new HeldOut(example(example), left.remove(example.reply()), true));
        }
        for (UnstoredExamples.Example example : examples) {
            LabelledPair pair = example.pair();
            if (pair.label() >= 0.5) {
                others.get(pair.group())
                        .forEach((reply, known) -> heldOut.add(new HeldOut(
                                new TrainingExample(pair.query(), texts.get(reply), 0, pair.group()), known, false)));
            }
        }
        return heldOut;
    }

    private List<Outcome> ask(Product team, Round round, String what) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Moment moment : round.asked()) {
            outcomes.add(Outcome.of(moment, team.suggest(moment)));
            progress.asked(what);
        }
        return outcomes;
    }
}
