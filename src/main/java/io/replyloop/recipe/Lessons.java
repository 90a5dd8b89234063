package io.replyloop.recipe;

import io.replyloop.bert.Impression;
import io.replyloop.bert.TrainingExample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** What the stages of {@link DefaultModel} learn from: STAR's picks, and now and then an impression of another corpus. */
final class Lessons {
    /** Every reply that the agent could have picked, and a few that have nothing to do with the matter. */
    private static final PairSampler.Negatives CHOICES = new PairSampler.Negatives(0, Integer.MAX_VALUE, 2);

    /** In pairs a context is read again for every reply, so there are fewer. */
    private static final PairSampler.Negatives PAIRS = new PairSampler.Negatives(0, 10, 2);

    /** Share of the words that a pass leaves out. */
    private static final double UNREAD = 0.1;

    /** What the teachers' opinion counts; the rest is the pick's. */
    private static final double TEACHERS_SHARE = 0.5;

    /** Of each other corpus, one impression for so many picks. */
    private static final int PICKS_PER_OTHER = 30;

    private static final int OTHER_NEGATIVES = 2;
    private static final int HELD_PICKS = 1_500;

    private final Corpora corpora;
    private final List<String> topics;

    Lessons(Corpora corpora, List<String> topics) {
        this.corpora = corpora;
        this.topics = topics;
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

    /** Pairs for {@code FineTuner}. */
    record Pairs(List<TrainingExample> train, List<TrainingExample> dev) {}

    /** @param opinions how probable each label is, by the pick's group; where there is none, the pick alone counts */
    Choices choices(Scope scope, int passes, long seed, Map<String, Map<String, Double>> opinions) throws IOException {
        KnowledgeBase replies = corpora.knowledgeBase().without(scope.without);
        List<Pick> picks = picks(scope);
        PairSampler sampler = new PairSampler(replies, CHOICES, UNREAD);
        List<Impression> train = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
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
            pairs.addAll(others(picks.size() / PICKS_PER_OTHER, seed + pass));
            List<Impression> impressions =
                    new ArrayList<>(PairSampler.impressions(pairs, topicOf, shares, TEACHERS_SHARE));
            Collections.shuffle(impressions, new Random(seed + pass));
            train.addAll(impressions);
        }
        List<Pick> held = held(scope);
        Map<String, Integer> topicOf = new HashMap<>();
        held.forEach(pick -> topicOf.put("star/" + pick.group(), topics.indexOf(pick.label()) - 1));
        return new Choices(train, PairSampler.impressions(sampler.whole(held), topicOf, Map.of(), 0));
    }

    Pairs pairs(Scope scope, int passes, long seed) throws IOException {
        List<Pick> picks = picks(scope);
        PairSampler sampler = new PairSampler(corpora.knowledgeBase().without(scope.without), PAIRS, UNREAD);
        List<TrainingExample> train = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            train.addAll(sampler.picks(picks, pass, seed));
            train.addAll(others(picks.size() / PICKS_PER_OTHER, seed + pass).stream()
                    .map(inPass(pass))
                    .toList());
        }
        return new Pairs(train, sampler.whole(held(scope)));
    }

    /** Each pass draws an impression of its own from the same moment. */
    private static java.util.function.UnaryOperator<TrainingExample> inPass(int pass) {
        return pair -> new TrainingExample(pair.query(), pair.reply(), pair.label(), pair.group() + "#" + pass);
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

    private List<TrainingExample> others(int limit, long seed) throws IOException {
        List<TrainingExample> examples = new ArrayList<>();
        for (Map.Entry<String, List<Dialogue>> corpus : corpora.otherDialogues().entrySet()) {
            examples.addAll(PairSampler.nextTurns(
                    corpus.getKey(), corpus.getValue(), limit, DefaultModel.CONTEXT_TURNS, OTHER_NEGATIVES, seed));
        }
        for (Map.Entry<String, Map<String, List<String>>> corpus :
                corpora.intents().entrySet()) {
            examples.addAll(PairSampler.intents(corpus.getKey(), corpus.getValue(), limit, OTHER_NEGATIVES, seed));
        }
        return examples;
    }
}
