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
 * Turns dialogues into impressions for the cross-encoder: one reply that fits and a few that do not. Each pass over the
 * dialogues draws other negatives, by the seed and the number of the pass.
 */
public final class PairSampler {

    /**
     * Negatives of one pick.
     *
     * @param hard those that seem most likely although another reply was picked
     * @param sameTask others that the agent could have picked
     * @param otherTask replies of any task
     */
    public record Negatives(int hard, int sameTask, int otherTask) {}

    /** How far down the first stage's order a negative still counts as hard. */
    private static final int HARD_DEPTH = 5;

    /** Share of the picks whose query is cut to fewer turns. */
    private static final double SHORTENED = 0.15;

    private final KnowledgeBase base;
    private final BiFunction<Pick, List<Candidate>, double[]> likely;
    private final Negatives negatives;
    private final double unread;
    private final List<String> everyText;
    private final Map<String, List<Integer>> ranked = new ConcurrentHashMap<>();

    public PairSampler(KnowledgeBase base, FirstStage firstStage, Negatives negatives) {
        this(base, firstStage, negatives, 0);
    }

    /**
     * Without hard negatives, which a first stage would have to find.
     *
     * @param unread share of the words of a pick's query that are left out, other ones in each pass
     */
    public PairSampler(KnowledgeBase base, Negatives negatives, double unread) {
        this(base, (FirstStage) null, negatives, unread);
    }

    /** Hard negatives are those that the memory of answered questions, itself learned from these, ranks highest. */
    public PairSampler(KnowledgeBase base, FirstStage firstStage, Negatives negatives, double unread) {
        this(base, negatives, unread, byMemory(firstStage, negatives));
    }

    /**
     * Hard negatives are those that others hold for the most probable.
     *
     * @param opinions how probable each label is, by the pick's group
     */
    public PairSampler(
            KnowledgeBase base, Map<String, Map<String, Double>> opinions, Negatives negatives, double unread) {
        this(base, negatives, unread, (pick, candidates) -> {
            Map<String, Double> opinion = opinions.getOrDefault(pick.group(), Map.of());
            return candidates.stream()
                    .mapToDouble(candidate -> opinion.getOrDefault(candidate.label(), 0.0))
                    .toArray();
        });
    }

    private PairSampler(
            KnowledgeBase base,
            Negatives negatives,
            double unread,
            BiFunction<Pick, List<Candidate>, double[]> likely) {
        this.unread = unread;
        this.base = base;
        this.likely = likely;
        this.negatives = negatives;
        everyText = base.all().stream()
                .flatMap(candidate -> candidate.texts().stream())
                .toList();
    }

    /** One impression per pick. Where the knowledge base lacks the picked label, what the agent said stands for it. */
    public List<TrainingExample> picks(List<Pick> picks, int pass, long seed) {
        Random random = new Random(seed * 31 + pass);
        if (negatives.hard > 0) {
            // The searches take by far the longest, and do not depend on what is drawn.
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
            add(examples, thinned(shortened(pick.query(), random), random), fitting, texts, group(pick, pass));
        }
        return examples;
    }

    /**
     * Labelled pairs as impressions that share their context.
     *
     * @param topics class of each group; a group that is not there has none
     * @param opinions how well each reply fits a group, by text; a group that is not there has the label alone
     * @param opinionsShare what an opinion counts, the rest is the label's
     */
    public static List<Impression> impressions(
            List<TrainingExample> pairs,
            Map<String, Integer> topics,
            Map<String, Map<String, Double>> opinions,
            double opinionsShare) {
        List<Impression> impressions = new ArrayList<>();
        byGroup(pairs).forEach((group, candidates) -> {
            List<String> replies =
                    candidates.stream().map(TrainingExample::reply).toList();
            if (candidates.stream().filter(pair -> pair.label() > 0).count() == 1 && replies.size() > 1) {
                impressions.add(new Impression(
                        candidates.get(0).query(),
                        replies,
                        shares(replies, opinions.getOrDefault(group, Map.of()), opinionsShare),
                        topics.getOrDefault(group, Impression.NO_TOPIC)));
            }
        });
        return impressions;
    }

    /** The same pairs, labelled with what the pick and the opinions hold together; of each group they add up to 1. */
    static List<TrainingExample> weighed(
            List<TrainingExample> pairs, Map<String, Map<String, Double>> opinions, double opinionsShare) {
        List<TrainingExample> weighed = new ArrayList<>();
        byGroup(pairs).forEach((group, candidates) -> {
            List<String> replies =
                    candidates.stream().map(TrainingExample::reply).toList();
            List<Double> shares = shares(replies, opinions.getOrDefault(group, Map.of()), opinionsShare);
            for (int i = 0; i < replies.size(); i++) {
                weighed.add(new TrainingExample(candidates.get(i).query(), replies.get(i), shares.get(i), group));
            }
        });
        return weighed;
    }

    /** The fitting reply of each group first. */
    private static Map<String, List<TrainingExample>> byGroup(List<TrainingExample> pairs) {
        Map<String, List<TrainingExample>> groups = new LinkedHashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.group(), key -> new ArrayList<>()).add(pair));
        groups.values()
                .forEach(group -> group.sort(
                        Comparator.comparingDouble(TrainingExample::label).reversed()));
        return groups;
    }

    private static List<Double> shares(List<String> replies, Map<String, Double> opinion, double opinionsShare) {
        double sum = replies.stream()
                .mapToDouble(reply -> opinion.getOrDefault(reply, 0.0))
                .sum();
        double weight = sum > 0 ? opinionsShare : 0;
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            double held = weight == 0 ? 0 : opinion.getOrDefault(replies.get(i), 0.0) / sum;
            shares.add(weight * held + (i == 0 ? 1 - weight : 0));
        }
        return shares;
    }

    /** Name of the group of a pick's pairs in one pass. */
    public static String group(Pick pick, int pass) {
        return "star/" + pick.group() + "#" + pass;
    }

    /** Every candidate of every pick, as they are ranked in the end; picks whose label is no candidate are left out. */
    public List<TrainingExample> whole(List<Pick> picks) {
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

    /** The agent's next turn against other agents' turns: what holds a dialogue together beyond the tasks at hand. */
    public static List<TrainingExample> nextTurns(
            String corpus, List<Dialogue> dialogues, int limit, int contextTurns, int negatives, long seed) {
        Random random = new Random(seed);
        List<String> replies = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (int d = 0; d < dialogues.size(); d++) {
            List<Dialogue.Turn> turns = dialogues.get(d).turns();
            for (int i = 1; i < turns.size(); i++) {
                if (turns.get(i).agent()) {
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
            // One negative from the same dialogue: the words are alike, the moment is another.
            draw(
                    dialogue.turns().stream()
                            .filter(Dialogue.Turn::agent)
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

    /** A question and the name of its intent against names of others: short, and full of new words. */
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

    /** Now and then only the last turns, as early in a conversation, so that the network does not count on all of them. */
    private static String shortened(String query, Random random) {
        if (random.nextDouble() >= SHORTENED) {
            return query;
        }
        List<String> turns = query.lines().toList();
        int kept = 1 + random.nextInt(turns.size());
        return String.join("\n", turns.subList(turns.size() - kept, turns.size()));
    }

    /** Without a few of its words, so that the network does not count on a single one; the marks of the turns stay. */
    private String thinned(String query, Random random) {
        return unread == 0
                ? query
                : query.lines()
                        .map(turn -> {
                            String[] words = turn.split(" ");
                            StringBuilder read = new StringBuilder(words[0]);
                            for (int i = 1; i < words.length; i++) {
                                if (random.nextDouble() >= unread) {
                                    read.append(' ').append(words[i]);
                                }
                            }
                            return read.toString();
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

    /** Candidates that seem most likely although another reply was picked. */
    private List<Integer> rank(Pick pick, List<Candidate> candidates) {
        double[] votes = likely.apply(pick, candidates);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] > 0 && !candidates.get(i).label().equals(pick.label())) {
                order.add(i);
            }
        }
        order.sort((left, right) -> Double.compare(votes[right], votes[left]));
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

    /** Of several wordings the one that the agent sent, or the first. */
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
