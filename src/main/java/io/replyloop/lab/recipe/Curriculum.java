package io.replyloop.lab.recipe;

import io.replyloop.bert.training.Impression;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The training data of each stage of {@link DefaultModel}: STAR's picks, mixed with impressions of other corpora. */
final class Curriculum {
    /** Impressions of one step with shared contexts. */
    static final int IMPRESSIONS_PER_STEP = 128;

    /** With shared contexts: every other candidate, and two replies of any task. */
    private static final PairSampler.Negatives ALL_CANDIDATES = new PairSampler.Negatives(0, Integer.MAX_VALUE, 2);

    /** Share of the words that are left out of a query. */
    private static final double WORD_DROPOUT = 0.1;

    /** One impression of each other corpus per this many picks. */
    private static final int PICKS_PER_OTHER = 30;

    private static final int OTHER_NEGATIVES = 2;
    /** Impressions are sorted by length within windows of this many steps. */
    private static final int STEPS_PER_WINDOW = 16;

    private static final int HELD_OUT_PICKS = 1_500;

    private final Corpora corpora;
    private final List<String> topics;
    private final double softLabelWeight;

    /** @param softLabelWeight with shared contexts; the pick has the rest */
    Curriculum(Corpora corpora, List<String> topics, double softLabelWeight) {
        this.corpora = corpora;
        this.topics = topics;
        this.softLabelWeight = softLabelWeight;
    }

    /**
     * Picks to train on.
     *
     * @param withoutTasks tasks whose dialogues and replies are left out
     * @param dialogues accepts the ids of dialogues to train on
     */
    record Subset(Set<String> withoutTasks, Predicate<String> dialogues) {
        static final Subset ALL = withoutTasks(Set.of());

        static Subset withoutTasks(Set<String> tasks) {
            return new Subset(tasks, dialogue -> true);
        }

        static Subset of(Predicate<String> dialogues) {
            return new Subset(Set.of(), dialogues);
        }
    }

    /** Data for {@code ImpressionTrainer}. */
    record Impressions(List<Impression> train, List<Impression> dev) {}

    /** Data for {@code FineTuner}. */
    record Pairs(List<TrainingExample> train, List<TrainingExample> dev) {}

    /**
     * The data of one pair stage. In pairs, the context is read again for every reply, so there are fewer negatives than
     * with shared contexts.
     *
     * @param softLabelWeight weight of the soft labels; the pick has the rest
     */
    record PairStage(PairSampler.Negatives negatives, double softLabelWeight) {
        static final PairStage RANDOM_NEGATIVES = new PairStage(new PairSampler.Negatives(0, 9, 1), 0);
        static final PairStage HARD_NEGATIVES = new PairStage(new PairSampler.Negatives(4, 4, 0), 0);
        static final PairStage SOFT_LABELS = new PairStage(new PairSampler.Negatives(2, 6, 0), 0.3);
    }

    /** For list-wise training with shared contexts. A pick without a soft label for its reply has a hard label. */
    Impressions sharedContexts(Subset subset, int passes, long seed, SoftLabels softLabels) throws IOException {
        KnowledgeBase replies = corpora.knowledgeBase().without(subset.withoutTasks);
        List<Pick> picks = picks(subset);
        PairSampler sampler = new PairSampler(replies, ALL_CANDIDATES, WORD_DROPOUT);
        OtherCorpora others = new OtherCorpora(corpora, picks.size() / PICKS_PER_OTHER);
        List<Impression> train = IntStream.range(0, passes)
                .parallel()
                .mapToObj(pass -> pass(pass, seed, picks, replies, sampler, others, softLabels))
                .flatMap(List::stream)
                .toList();
        List<Pick> heldOut = heldOut(subset);
        Map<String, Integer> topicOf = new HashMap<>();
        heldOut.forEach(pick -> topicOf.put("star/" + pick.group(), topics.indexOf(pick.label()) - 1));
        return new Impressions(train, PairSampler.impressions(sampler.allCandidates(heldOut), topicOf, Map.of(), 0));
    }

    private List<Impression> pass(
            int pass,
            long seed,
            List<Pick> picks,
            KnowledgeBase replies,
            PairSampler sampler,
            OtherCorpora others,
            SoftLabels softLabels) {
        Map<String, Integer> topicOf = new HashMap<>();
        Map<String, Map<String, Double>> softLabelsByText = new HashMap<>();
        for (Pick pick : picks) {
            String group = PairSampler.group(pick, pass);
            topicOf.put(group, topics.indexOf(pick.label()) - 1);
            Map<String, Double> byLabel = softLabels.of(pick);
            if (byLabel.containsKey(pick.label())) {
                softLabelsByText.put(group, replies.byText(pick.tasks(), byLabel));
            }
        }
        List<TrainingExample> pairs = new ArrayList<>(sampler.picks(picks, pass, seed));
        pairs.addAll(others.draw(seed + pass));
        return byLength(
                PairSampler.impressions(pairs, topicOf, softLabelsByText, softLabelWeight), new Random(seed + pass));
    }

    /**
     * Shuffled, but with impressions of similar length in each step: padded to the longest one, random steps would be
     * twice as long and cost four times as much attention. Incomplete steps are dropped; each pass drops others.
     */
    static List<Impression> byLength(List<Impression> impressions, Random random) {
        List<Impression> shuffled = new ArrayList<>(impressions);
        Collections.shuffle(shuffled, random);
        List<List<Impression>> steps = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); from += STEPS_PER_WINDOW * IMPRESSIONS_PER_STEP) {
            int to = Math.min(shuffled.size(), from + STEPS_PER_WINDOW * IMPRESSIONS_PER_STEP);
            int complete = (to - from) / IMPRESSIONS_PER_STEP * IMPRESSIONS_PER_STEP;
            List<Impression> window = new ArrayList<>(shuffled.subList(from, from + complete));
            window.sort(Comparator.comparingInt(Curriculum::length));
            for (int step = 0; step < complete; step += IMPRESSIONS_PER_STEP) {
                steps.add(window.subList(step, step + IMPRESSIONS_PER_STEP));
            }
        }
        if (steps.isEmpty()) {
            return shuffled;
        }
        Collections.shuffle(steps, random);
        return steps.stream().flatMap(List::stream).toList();
    }

    private static int length(Impression impression) {
        int longest = 4 * DefaultModel.POSITIONS;
        return Math.min(longest, impression.query().length())
                + impression.replies().stream().mapToInt(String::length).sum();
    }

    /**
     * For a pair stage.
     *
     * @param count picks, drawn at random; above the number of picks in the subset, picks are repeated with other
     *     negatives
     * @param softLabels their most probable wrong replies are the hard negatives; a pick without soft labels has no hard
     *     negatives and a hard label
     */
    Pairs pairs(Subset subset, PairStage stage, int count, long seed, SoftLabels softLabels) throws IOException {
        List<Pick> picks = picks(subset);
        KnowledgeBase replies = corpora.knowledgeBase().without(subset.withoutTasks);
        PairSampler sampler = new PairSampler(replies, softLabels, stage.negatives, WORD_DROPOUT);
        List<TrainingExample> train = new ArrayList<>();
        for (int left = count, pass = 0; left > 0; left -= picks.size(), pass++) {
            List<Pick> drawn = StarEvaluation.sample(picks, left, seed + pass);
            Map<String, Map<String, Double>> softLabelsByText = new HashMap<>();
            for (Pick pick : drawn) {
                softLabelsByText.put(PairSampler.group(pick, pass), replies.byText(pick.tasks(), softLabels.of(pick)));
            }
            train.addAll(PairSampler.softLabelled(
                    sampler.picks(drawn, pass, seed), softLabelsByText, stage.softLabelWeight));
        }
        return new Pairs(train, sampler.allCandidates(heldOut(subset)));
    }

    List<Pick> picks(Subset subset) throws IOException {
        return Pick.of(Corpora.without(corpora.train(), subset.withoutTasks), DefaultModel.CONTEXT_TURNS).stream()
                .filter(pick -> subset.dialogues.test(pick.dialogue()))
                .toList();
    }

    private List<Pick> heldOut(Subset subset) throws IOException {
        return StarEvaluation.sample(
                Pick.of(Corpora.without(corpora.ownDev(), subset.withoutTasks), DefaultModel.CONTEXT_TURNS),
                HELD_OUT_PICKS,
                DefaultModel.SEED);
    }

    /** Impressions of the corpora without a knowledge base. */
    private static final class OtherCorpora {
        private final Map<String, List<Dialogue>> dialogues;
        private final Map<String, Map<String, List<String>>> intents;
        private final int limit;

        /** @param limit impressions of each corpus */
        OtherCorpora(Corpora corpora, int limit) throws IOException {
            dialogues = corpora.otherDialogues();
            intents = corpora.intents();
            this.limit = limit;
        }

        List<TrainingExample> draw(long seed) {
            List<TrainingExample> examples = new ArrayList<>();
            dialogues.forEach((corpus, all) -> examples.addAll(
                    PairSampler.nextTurns(corpus, all, limit, DefaultModel.CONTEXT_TURNS, OTHER_NEGATIVES, seed)));
            intents.forEach((corpus, questions) ->
                    examples.addAll(PairSampler.intents(corpus, questions, limit, OTHER_NEGATIVES, seed)));
            return examples;
        }
    }
}
