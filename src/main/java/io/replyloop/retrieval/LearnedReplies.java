package io.replyloop.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What two {@link AnswerNetwork}s hold of the replies of a knowledge base. Answered questions are collected and learned
 * together, in a few passes in random order, each with a few older ones drawn by chance (experience replay; Lin, 1992):
 * without them the newest questions would count for more than all before them. One thread changes, any number ask.
 */
final class LearnedReplies {
    private static final int NETWORKS = 2;
    /** On STAR a single pass loses 2 points of R@1, and more than five gain nothing. */
    private static final int PASSES = 5;
    /** Older questions for each new one. */
    private static final int REPLAYED = 2;
    /** A share of at most one, of which half is reached after so many questions. */
    private static final double SLOWNESS = 1_000;

    private final QuestionFeatures features = new QuestionFeatures();
    private final AnswerNetwork[] networks =
            IntStream.range(0, NETWORKS).mapToObj(AnswerNetwork::new).toArray(AnswerNetwork[]::new);
    private final Map<UUID, Integer> numbers = new HashMap<>();
    /** Those that have been learned, in any order. */
    private final List<Lesson> learned = new ArrayList<>();

    private final List<Lesson> fresh = new ArrayList<>();
    private final Map<UUID, Map<String, Lesson>> lessonsOf = new HashMap<>();
    /** Of replies that were forgotten since the last {@link #learn}: one that comes back at once has only been edited. */
    private final Map<UUID, Map<String, Lesson>> leaving = new HashMap<>();

    private final Random random = new Random(1);
    private volatile Known known = new Known(new UUID[0], new int[0]);
    private volatile int questions;

    private static final class Lesson {
        private final int answer;
        private final int[] features;
        private boolean forgotten;

        Lesson(int answer, int[] features) {
            this.answer = answer;
            this.features = features;
        }
    }

    /** The replies that have answered a question. */
    private record Known(UUID[] replies, int[] numbers) {}

    /** Takes a question to be learned by the next {@link #learn}. */
    void remember(UUID reply, String id, Question question) {
        Lesson lesson = leaving.getOrDefault(reply, Map.of()).get(id);
        if (lesson == null) {
            int answer = numbers.computeIfAbsent(reply, unknown -> numbers.size());
            lesson = new Lesson(answer, features.of(question));
            fresh.add(lesson);
        }
        lesson.forgotten = false;
        lessonsOf.computeIfAbsent(reply, unknown -> new HashMap<>()).put(id, lesson);
    }

    void forget(UUID reply, String id) {
        Lesson lesson = lessonsOf.getOrDefault(reply, Map.of()).remove(id);
        if (lesson != null) {
            lesson.forgotten = true;
        }
    }

    void forget(UUID reply) {
        Map<String, Lesson> lessons = lessonsOf.remove(reply);
        if (lessons != null) {
            lessons.values().forEach(lesson -> lesson.forgotten = true);
            leaving.computeIfAbsent(reply, unknown -> new HashMap<>()).putAll(lessons);
        }
    }

    /** Learns what has been remembered since the last time. */
    void learn() {
        leaving.clear();
        lessonsOf.values().removeIf(Map::isEmpty);
        UUID[] replies = lessonsOf.keySet().toArray(UUID[]::new);
        Known now =
                new Known(replies, Arrays.stream(replies).mapToInt(numbers::get).toArray());
        fresh.removeIf(lesson -> lesson.forgotten);
        for (int pass = 0; pass < PASSES && !fresh.isEmpty(); pass++) {
            List<Lesson> lessons = new ArrayList<>(fresh);
            for (int older = Math.min(REPLAYED * fresh.size(), learned.size()); older > 0; older--) {
                draw(lessons);
            }
            Collections.shuffle(lessons, random);
            for (Lesson lesson : lessons) {
                for (AnswerNetwork network : networks) {
                    network.learn(lesson.features, lesson.answer, now.numbers);
                }
            }
        }
        learned.addAll(fresh);
        fresh.clear();
        known = now;
        questions = lessonsOf.values().stream().mapToInt(Map::size).sum();
    }

    /** Adds a question that has been learned; those that were forgotten make room when they are met. */
    private void draw(List<Lesson> lessons) {
        while (!learned.isEmpty()) {
            int at = random.nextInt(learned.size());
            Lesson lesson = learned.get(at);
            if (!lesson.forgotten) {
                lessons.add(lesson);
                return;
            }
            Lesson last = learned.remove(learned.size() - 1);
            if (at < learned.size()) {
                learned.set(at, last);
            }
        }
    }

    /** How much the opinion counts, from 0 to 1. */
    double share() {
        double learned = questions;
        return learned / (learned + SLOWNESS);
    }

    /** The probability of each reply that has answered a question. */
    Map<UUID, Double> probabilities(Question question) {
        Known now = known;
        Map<UUID, Double> probable = new HashMap<>();
        if (now.replies.length > 0) {
            int[] asked = features.of(question);
            double[] product = new double[now.replies.length];
            Arrays.fill(product, 1);
            for (AnswerNetwork network : networks) {
                float[] probabilities = network.probabilities(asked, now.numbers);
                Arrays.setAll(product, i -> product[i] * probabilities[i]);
            }
            double sum = 0;
            for (int i = 0; i < product.length; i++) {
                product[i] = Math.pow(product[i], 1.0 / NETWORKS);
                sum += product[i];
            }
            for (int i = 0; i < product.length; i++) {
                probable.put(now.replies[i], product[i] / sum);
            }
        }
        return probable;
    }
}
