package io.replyloop.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What {@link LearnedMemory} holds of the replies of a knowledge base. Each answered question is learned when it comes,
 * and with it a few older ones drawn by chance (experience replay; Lin, 1992): without them the newest questions would
 * count for more than all before them. One thread changes, any number ask.
 */
final class LearnedReplies {
    private static final int REPLAYED = 3;
    /** A share of at most one half, of which half is reached after so many questions. */
    private static final double SLOWNESS = 1_000;

    private final QuestionFeatures features = new QuestionFeatures();
    private final LearnedMemory memory = new LearnedMemory();
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final List<Lesson> lessons = new ArrayList<>();
    private final Map<UUID, Map<String, Lesson>> lessonsOf = new HashMap<>();
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

    void remember(UUID reply, String id, Question question) {
        boolean first = !lessonsOf.containsKey(reply);
        int answer = numbers.computeIfAbsent(reply, unknown -> numbers.size());
        Lesson lesson = new Lesson(answer, features.of(question));
        lessonsOf.computeIfAbsent(reply, unknown -> new HashMap<>()).put(id, lesson);
        lessons.add(lesson);
        questions++;
        if (first) {
            know();
        }
        memory.learn(lesson.features, lesson.answer, known.numbers);
        for (int i = 0; i < REPLAYED; i++) {
            Lesson older = any();
            memory.learn(older.features, older.answer, known.numbers);
        }
    }

    /** Questions that were forgotten make room when they are met. */
    private Lesson any() {
        while (true) {
            int at = random.nextInt(lessons.size());
            Lesson lesson = lessons.get(at);
            if (!lesson.forgotten) {
                return lesson;
            }
            Lesson last = lessons.remove(lessons.size() - 1);
            if (at < lessons.size()) {
                lessons.set(at, last);
            }
        }
    }

    void forget(UUID reply, String id) {
        Lesson lesson = lessonsOf.getOrDefault(reply, Map.of()).get(id);
        if (lesson != null) {
            lesson.forgotten = true;
            lessonsOf.get(reply).remove(id);
            questions--;
        }
    }

    void forget(UUID reply) {
        Map<String, Lesson> forgotten = lessonsOf.remove(reply);
        if (forgotten != null) {
            forgotten.values().forEach(lesson -> lesson.forgotten = true);
            questions -= forgotten.size();
            know();
        }
    }

    private void know() {
        UUID[] replies = lessonsOf.keySet().toArray(UUID[]::new);
        known = new Known(replies, Arrays.stream(replies).mapToInt(numbers::get).toArray());
    }

    /** How much the opinion counts, from 0 to a half. */
    double share() {
        double learned = questions;
        return 0.5 * learned / (learned + SLOWNESS);
    }

    /** The probability of each reply that has answered a question. */
    Map<UUID, Double> probabilities(Question question) {
        Known now = known;
        Map<UUID, Double> probable = new HashMap<>();
        if (now.replies.length > 0) {
            double[] probabilities = memory.probabilities(features.of(question), now.numbers);
            for (int i = 0; i < probabilities.length; i++) {
                probable.put(now.replies[i], probabilities[i]);
            }
        }
        return probable;
    }
}
