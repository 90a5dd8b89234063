package io.replyloop.lab.recipe;

import io.replyloop.bert.training.Impression;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.KnowledgeBase.Candidate;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Turns dialogues into training pairs for the cross-encoder: for each pick one reply that fits and a few negatives. Each
 * pass over the dialogues draws other negatives, determined by the seed and the number of the pass.
 */
public final class PairSampler {

    /**
     * Number of negatives of each kind per pick.
     *
     * @param hard from the candidates that score highest although another reply was picked
     * @param sameTask from the other candidates
     * @param otherTask from the replies of any task
     */
    public record Negatives(int hard, int sameTask, int otherTask) {}

    /** Hard negatives are drawn from this many top candidates. */
    private static final int HARD_DEPTH = 5;

    /** Share of the picks whose query is truncated to its last turns. */
    private static final double TRUNCATED_SHARE = 0.15;

    private final KnowledgeBase base;
    private final BiFunction<Pick, List<Candidate>, double[]> hardness;
    private final Negatives negatives;
    private final double wordDropout;
    private final List<String> everyText;
    private final Map<String, List<Integer>> ranked = new ConcurrentHashMap<>();

    public PairSampler(KnowledgeBase base, FirstStage firstStage, Negatives negatives) {
        this(base, firstStage, negatives, 0);
    }

    /**
     * Without hard negatives, which need a first stage or soft labels.
     *
     * @param wordDropout share of the words that are left out of a query, drawn anew in each pass
     */
    public PairSampler(KnowledgeBase base, Negatives negatives, double wordDropout) {
        this(base, (FirstStage) null, negatives, wordDropout);
    }

    /** Hard negatives are the candidates that the memory of answered questions ranks highest. */
    public PairSampler(KnowledgeBase base, FirstStage firstStage, Negatives negatives, double wordDropout) {
        this(base, negatives, wordDropout, byMemory(firstStage, negatives));
    }

    /** Hard negatives are the candidates with the highest soft labels. */
    PairSampler(KnowledgeBase base, SoftLabels softLabels, Negatives negatives, double wordDropout) {
        this(base, negatives, wordDropout, (pick, candidates) -> {
            Map<String, Double> byLabel = softLabels.of(pick);
            return candidates.stream()
                    .mapToDouble(candidate -> byLabel.getOrDefault(candidate.label(), 0.0))
                    .toArray();
        });
    }

    private PairSampler(
            KnowledgeBase base,
            Negatives negatives,
            double wordDropout,
            BiFunction<Pick, List<Candidate>, double[]> hardness) {
        this.base = base;
        this.wordDropout = wordDropout;
        this.hardness = hardness;
        this.negatives = negatives;
        everyText = base.all().stream()
                .flatMap(candidate -> candidate.texts().stream())
                .toList();
    }

    /** One group of pairs per pick. If the knowledge base lacks the picked label, the agent's own text takes its place. */
    public List<TrainingExample> picks(List<Pick> picks, int pass, long seed) {
        Random random = new Random(seed * 31 + pass);
        if (negatives.hard > 0) {
            // Ranking takes most of the time and does not depend on the random numbers.
            picks.parallelStream()
                    .forEach(pick ->
                            ranked.computeIfAbsent(pick.group(), group -> rank(pick, base.candidates(pick.tasks()))));
        }
        List<TrainingExample> examples = new ArrayList<>();
        for (Pick pick : picks) {
            List<Candidate> candidates = base.candidates(pick.tasks());
            String fitting = candidates.stream()
                    .filter(candidate -> candidate.label().equals(pick.label()))
                    .findFirst()
                    .map(candidate -> wording(candidate, pick))
                    .orElse(pick.said());
            Set<String> wrong = new HashSet<>();
            wrong.add(fitting);
            List<String> texts = new ArrayList<>();
            if (negatives.hard > 0) {
                draw(hard(pick, candidates, random), negatives.hard, wrong, texts, random);
            }
            draw(sameTask(pick, candidates, random), negatives.sameTask, wrong, texts, random);
            for (int i = 0; i < negatives.otherTask; i++) {
                String other = everyText.get(random.nextInt(everyText.size()));
                if (!isWordingOf(other, pick.label(), candidates) && wrong.add(other)) {
                    texts.add(other);
                }
            }
            add(examples, dropWords(truncate(pick.query(), random), random), fitting, texts, group(pick, pass));
        }
        return examples;
    }

    /**
     * Labelled pairs as impressions, whose replies share their context.
     *
     * @param topics class of each group; other groups have none
     * @param softLabels by group, the probability of each reply by its text; other groups have hard labels
     * @param softLabelWeight weight of the soft labels; the pick has the rest
     */
    public static List<Impression> impressions(
            List<TrainingExample> pairs,
            Map<String, Integer> topics,
            Map<String, Map<String, Double>> softLabels,
            double softLabelWeight) {
        List<Impression> impressions = new ArrayList<>();
        byGroup(pairs).forEach((group, candidates) -> {
            List<String> replies =
                    candidates.stream().map(TrainingExample::reply).toList();
            if (candidates.stream().filter(pair -> pair.label() > 0).count() == 1 && replies.size() > 1) {
                impressions.add(new Impression(
                        candidates.get(0).query(),
                        replies,
                        targets(replies, softLabels.getOrDefault(group, Map.of()), softLabelWeight),
                        topics.getOrDefault(group, Impression.NO_TOPIC)));
            }
        });
        return impressions;
    }

    /** The same pairs with the mean of hard and soft labels, which add up to 1 in each group. */
    static List<TrainingExample> softLabelled(
            List<TrainingExample> pairs, Map<String, Map<String, Double>> softLabels, double softLabelWeight) {
        List<TrainingExample> labelled = new ArrayList<>();
        byGroup(pairs).forEach((group, candidates) -> {
            List<String> replies =
                    candidates.stream().map(TrainingExample::reply).toList();
            List<Double> targets = targets(replies, softLabels.getOrDefault(group, Map.of()), softLabelWeight);
            for (int i = 0; i < replies.size(); i++) {
                labelled.add(new TrainingExample(candidates.get(i).query(), replies.get(i), targets.get(i), group));
            }
        });
        return labelled;
    }

    /** The fitting reply comes first in each group. */
    private static Map<String, List<TrainingExample>> byGroup(List<TrainingExample> pairs) {
        Map<String, List<TrainingExample>> groups = new LinkedHashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.group(), key -> new ArrayList<>()).add(pair));
        groups.values()
                .forEach(group -> group.sort(
                        Comparator.comparingDouble(TrainingExample::label).reversed()));
        return groups;
    }

    /** @param softLabels are normalised over the replies that are there */
    private static List<Double> targets(List<String> replies, Map<String, Double> softLabels, double softLabelWeight) {
        double sum = replies.stream()
                .mapToDouble(reply -> softLabels.getOrDefault(reply, 0.0))
                .sum();
        double weight = sum > 0 ? softLabelWeight : 0;
        List<Double> targets = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            double soft = weight == 0 ? 0 : softLabels.getOrDefault(replies.get(i), 0.0) / sum;
            double hard = i == 0 ? 1 : 0;
            targets.add(weight * soft + (1 - weight) * hard);
        }
        return targets;
    }

    /** The group of a pick's pairs in one pass. */
    public static String group(Pick pick, int pass) {
        return "star/" + pick.group() + "#" + pass;
    }

    /** Every candidate of every pick, as in ranking; picks whose label is no candidate are left out. */
    public List<TrainingExample> allCandidates(List<Pick> picks) {
        List<TrainingExample> examples = new ArrayList<>();
        for (Pick pick : picks) {
            List<Candidate> candidates = base.candidates(pick.tasks());
            if (candidates.stream().anyMatch(candidate -> candidate.label().equals(pick.label()))) {
                for (Candidate candidate : candidates) {
                    double label = candidate.label().equals(pick.label()) ? 1 : 0;
                    for (String text : candidate.texts()) {
                        examples.add(new TrainingExample(pick.query(), text, label, "star/" + pick.group()));
                    }
                }
            }
        }
        return examples;
    }

    /** The agent's next turn against other turns of agents: how dialogues proceed, whatever the task. */
    public static List<TrainingExample> nextTurns(
            String corpus, List<Dialogue> dialogues, int limit, int contextTurns, int negatives, long seed) {
        Random random = new Random(seed);
        List<String> replies = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (int d = 0; d < dialogues.size(); d++) {
            List<Dialogue.Turn> turns = dialogues.get(d).turns();
            for (int i = 1; i < turns.size(); i++) {
                if (turns.get(i).isAgents()) {
                    replies.add(turns.get(i).text());
                    places.add(new int[] {d, i});
                }
            }
        }
        Collections.shuffle(places, random);
        List<TrainingExample> examples = new ArrayList<>();
        for (int[] place : places.subList(0, Math.min(limit, places.size()))) {
            Dialogue dialogue = dialogues.get(place[0]);
            String fitting = dialogue.turns().get(place[1]).text();
            Set<String> wrong = new HashSet<>();
            wrong.add(fitting);
            List<String> texts = new ArrayList<>();
            // One negative from the same dialogue, where the vocabulary is the same.
            draw(
                    dialogue.turns().stream()
                            .filter(Dialogue.Turn::isAgents)
                            .map(Dialogue.Turn::text)
                            .toList(),
                    1,
                    wrong,
                    texts,
                    random);
            for (int i = 0; i < 3 * negatives && texts.size() < negatives; i++) {
                String other = replies.get(random.nextInt(replies.size()));
                if (wrong.add(other)) {
                    texts.add(other);
                }
            }
            String group = corpus + "/" + dialogue.id() + "/" + place[1];
            add(examples, dialogue.marked(place[1], contextTurns), fitting, texts, group);
        }
        return examples;
    }

    /** A question and the name of its intent against the names of others: short texts with a large vocabulary. */
    public static List<TrainingExample> intents(
            String corpus, Map<String, List<String>> questions, int limit, int negatives, long seed) {
        Random random = new Random(seed);
        List<String> names = questions.keySet().stream()
                .filter(name -> !name.equals("oos"))
                .sorted()
                .toList();
        List<String[]> pairs = new ArrayList<>();
        for (String name : names) {
            questions.get(name).forEach(question -> pairs.add(new String[] {question, name}));
        }
        Collections.shuffle(pairs, random);
        List<TrainingExample> examples = new ArrayList<>();
        for (String[] pair : pairs.subList(0, Math.min(limit, pairs.size()))) {
            List<String> texts = new ArrayList<>();
            draw(names, negatives, new HashSet<>(Set.of(pair[1])), texts, random);
            add(examples, pair[0], pair[1], texts, corpus + "/" + examples.size());
        }
        return examples;
    }

    /** Sometimes keeps only the last turns, as at the start of a conversation. */
    private static String truncate(String query, Random random) {
        if (random.nextDouble() >= TRUNCATED_SHARE) {
            return query;
        }
        List<String> turns = query.lines().toList();
        int kept = 1 + random.nextInt(turns.size());
        return String.join("\n", turns.subList(turns.size() - kept, turns.size()));
    }

    /** Word dropout, so that the network does not depend on single words; the marks of the turns are kept. */
    private String dropWords(String query, Random random) {
        return wordDropout == 0
                ? query
                : query.lines()
                        .map(turn -> {
                            String[] words = turn.split(" ");
                            StringBuilder kept = new StringBuilder(words[0]);
                            for (int i = 1; i < words.length; i++) {
                                if (random.nextDouble() >= wordDropout) {
                                    kept.append(' ').append(words[i]);
                                }
                            }
                            return kept.toString();
                        })
                        .collect(Collectors.joining("\n"));
    }

    private static BiFunction<Pick, List<Candidate>, double[]> byMemory(FirstStage firstStage, Negatives negatives) {
        if (firstStage == null && negatives.hard > 0) {
            throw new IllegalArgumentException("hard negatives need a first stage");
        }
        return (pick, candidates) -> firstStage.score(pick, candidates).stream()
                .mapToDouble(Evidence::memory)
                .toArray();
    }

    private List<String> hard(Pick pick, List<Candidate> candidates, Random random) {
        return ranked.computeIfAbsent(pick.group(), group -> rank(pick, candidates)).stream()
                .map(i -> anyWording(candidates.get(i), random))
                .toList();
    }

    /** The wrong candidates that score highest. */
    private List<Integer> rank(Pick pick, List<Candidate> candidates) {
        double[] scores = hardness.apply(pick, candidates);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > 0 && !candidates.get(i).label().equals(pick.label())) {
                order.add(i);
            }
        }
        order.sort((left, right) -> Double.compare(scores[right], scores[left]));
        return List.copyOf(order.subList(0, Math.min(HARD_DEPTH, order.size())));
    }

    private static List<String> sameTask(Pick pick, List<Candidate> candidates, Random random) {
        return candidates.stream()
                .filter(candidate -> !candidate.label().equals(pick.label()))
                .map(candidate -> anyWording(candidate, random))
                .toList();
    }

    private static void draw(Collection<String> from, int count, Set<String> wrong, List<String> texts, Random random) {
        List<String> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        int wanted = count > shuffled.size() ? Integer.MAX_VALUE : texts.size() + count;
        for (String text : shuffled) {
            if (texts.size() < wanted && wrong.add(text)) {
                texts.add(text);
            }
        }
    }

    private static boolean isWordingOf(String text, String label, List<Candidate> candidates) {
        return candidates.stream()
                .anyMatch(candidate ->
                        candidate.label().equals(label) && candidate.texts().contains(text));
    }

    private static String anyWording(Candidate candidate, Random random) {
        return new ArrayList<>(candidate.texts())
                .get(random.nextInt(candidate.texts().size()));
    }

    /** The wording that the agent sent, or the first one. */
    private static String wording(Candidate candidate, Pick pick) {
        return candidate.texts().contains(pick.said())
                ? pick.said()
                : candidate.texts().iterator().next();
    }

    private static void add(
            List<TrainingExample> examples, String query, String fitting, List<String> wrong, String group) {
        if (!wrong.isEmpty()) {
            examples.add(new TrainingExample(query, fitting, 1, group));
            wrong.forEach(text -> examples.add(new TrainingExample(query, text, 0, group)));
        }
    }
}
