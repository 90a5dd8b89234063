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

/** What the stages of {@link DefaultModel} learn from: STAR's picks, and now and then an impression of another corpus. */
final class Curriculum {
    /** Every reply that the agent could have picked, and a few that have nothing to do with the matter. */
    private static final PairSampler.Negatives CHOICES = new PairSampler.Negatives(0, Integer.MAX_VALUE, 2);

    /** Share of the words that a pass leaves out. */
    private static final double UNREAD = 0.1;

    /** Of each other corpus, one impression for so many picks. */
    private static final int PICKS_PER_OTHER = 30;

    private static final int OTHER_NEGATIVES = 2;
    /** Steps' worth of impressions that are sorted by length together. */
    private static final int SORTED_STEPS = 16;

    private static final int HELD_PICKS = 1_500;

    private final Corpora corpora;
    private final List<String> topics;
    private final double teachersShare;

    /** @param teachersShare what the teachers' opinion counts; the rest is the pick's */
    Curriculum(Corpora corpora, List<String> topics, double teachersShare) {
        this.corpora = corpora;
        this.topics = topics;
        this.teachersShare = teachersShare;
    }

    /**
     * Which picks are learned from.
     *
     * @param without tasks whose dialogues and replies are left out
     * @param dialogues those that may be learned from
     */
    record Scope(Set<String> without, Predicate<String> dialogues) {
        static final Scope ALL = without(Set.of());

        static Scope without(Set<String> tasks) {
            return new Scope(tasks, dialogue -> true);
        }
    }

    /** Impressions for {@code ImpressionTrainer}. */
    record Choices(List<Impression> train, List<Impression> dev) {}

    /**
     * What a round of pairs shows beside the reply that was picked; in pairs a context is read again for every reply, so
     * there are fewer than in {@link #choices}.
     *
     * @param opinionsShare what the opinion of others counts; the rest is the pick's
     */
    record Round(PairSampler.Negatives wrong, double opinionsShare) {
        static final Round RANDOM = new Round(new PairSampler.Negatives(0, 9, 1), 0);
        static final Round LIKELY = new Round(new PairSampler.Negatives(4, 4, 0), 0);
        static final Round WEIGHED = new Round(new PairSampler.Negatives(2, 6, 0), 0.3);
    }

    /** Pairs for {@code FineTuner}. */
    record Pairs(List<TrainingExample> train, List<TrainingExample> dev) {}

    /** @param opinions how probable each label is, by the pick's group; where there is none, the pick alone counts */
    Choices choices(Scope scope, int passes, long seed, Map<String, Map<String, Double>> opinions) throws IOException {
        KnowledgeBase replies = corpora.knowledgeBase().without(scope.without);
        List<Pick> picks = picks(scope);
        PairSampler sampler = new PairSampler(replies, CHOICES, UNREAD);
        Others others = new Others(corpora, picks.size() / PICKS_PER_OTHER);
        List<Impression> train = IntStream.range(0, passes)
                .parallel()
                .mapToObj(pass -> pass(pass, seed, picks, replies, sampler, others, opinions))
                .flatMap(List::stream)
                .toList();
        List<Pick> held = held(scope);
        Map<String, Integer> topicOf = new HashMap<>();
        held.forEach(pick -> topicOf.put("star/" + pick.group(), topics.indexOf(pick.label()) - 1));
        return new Choices(train, PairSampler.impressions(sampler.whole(held), topicOf, Map.of(), 0));
    }

    private List<Impression> pass(
            int pass,
            long seed,
            List<Pick> picks,
            KnowledgeBase replies,
            PairSampler sampler,
            Others others,
            Map<String, Map<String, Double>> opinions) {
        Map<String, Integer> topicOf = new HashMap<>();
        Map<String, Map<String, Double>> shares = new HashMap<>();
        for (Pick pick : picks) {
            String group = PairSampler.group(pick, pass);
            topicOf.put(group, topics.indexOf(pick.label()) - 1);
            if (opinions.getOrDefault(pick.group(), Map.of()).containsKey(pick.label())) {
                shares.put(group, replies.byText(pick.tasks(), opinions.get(pick.group())));
            }
        }
        List<TrainingExample> pairs = new ArrayList<>(sampler.picks(picks, pass, seed));
        pairs.addAll(others.draw(seed + pass));
        return inSteps(PairSampler.impressions(pairs, topicOf, shares, teachersShare), new Random(seed + pass));
    }

    /**
     * In random order, but so that a step has impressions of similar length: filled up to the longest, as a GPU reads
     * them, they would double in length and take four times the attention. The few that fill no step are left out; each
     * pass leaves out others.
     */
    static List<Impression> inSteps(List<Impression> impressions, Random random) {
        List<Impression> shuffled = new ArrayList<>(impressions);
        Collections.shuffle(shuffled, random);
        List<List<Impression>> steps = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); from += SORTED_STEPS * DefaultModel.CHOICES_PER_STEP) {
            List<Impression> window = new ArrayList<>(shuffled.subList(
                    from, Math.min(shuffled.size(), from + SORTED_STEPS * DefaultModel.CHOICES_PER_STEP)));
            int whole = window.size() / DefaultModel.CHOICES_PER_STEP * DefaultModel.CHOICES_PER_STEP;
            window = window.subList(0, whole);
            window.sort(Comparator.comparingInt(Curriculum::length));
            for (int step = 0; step < whole; step += DefaultModel.CHOICES_PER_STEP) {
                steps.add(window.subList(step, step + DefaultModel.CHOICES_PER_STEP));
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
     * @param count picks, drawn by chance; beyond those there are, each comes again with other negatives
     * @param opinions how probable each label is, by the pick's group: the likeliest wrong replies are the hard ones;
     *     where there is none, no reply is hard and the pick alone counts
     */
    Pairs pairs(Scope scope, Round round, int count, long seed, Map<String, Map<String, Double>> opinions)
            throws IOException {
        List<Pick> picks = picks(scope);
        KnowledgeBase replies = corpora.knowledgeBase().without(scope.without);
        PairSampler sampler = new PairSampler(replies, opinions, round.wrong, UNREAD);
        List<TrainingExample> train = new ArrayList<>();
        for (int left = count, pass = 0; left > 0; left -= picks.size(), pass++) {
            List<Pick> drawn = StarEvaluation.sample(picks, left, seed + pass);
            Map<String, Map<String, Double>> shares = new HashMap<>();
            for (Pick pick : drawn) {
                shares.put(
                        PairSampler.group(pick, pass),
                        replies.byText(pick.tasks(), opinions.getOrDefault(pick.group(), Map.of())));
            }
            train.addAll(PairSampler.weighed(sampler.picks(drawn, pass, seed), shares, round.opinionsShare));
        }
        return new Pairs(train, sampler.whole(held(scope)));
    }

    int picksOf(Scope scope) throws IOException {
        return picks(scope).size();
    }

    List<Pick> picks(Scope scope) throws IOException {
        return Pick.of(Corpora.without(corpora.train(), scope.without), DefaultModel.CONTEXT_TURNS).stream()
                .filter(pick -> scope.dialogues.test(pick.dialogue()))
                .toList();
    }

    private List<Pick> held(Scope scope) throws IOException {
        return StarEvaluation.sample(
                Pick.of(Corpora.without(corpora.ownDev(), scope.without), DefaultModel.CONTEXT_TURNS),
                HELD_PICKS,
                DefaultModel.SEED);
    }

    /** Impressions of the corpora that have no replies to choose from, read once. */
    private static final class Others {
        private final Map<String, List<Dialogue>> dialogues;
        private final Map<String, Map<String, List<String>>> intents;
        private final int limit;

        /** @param limit impressions of each corpus */
        Others(Corpora corpora, int limit) throws IOException {
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
