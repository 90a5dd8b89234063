package io.replyloop.training;

import io.replyloop.dataset.ExampleReader;
import io.replyloop.dataset.ExampleReader.Frozen;
import io.replyloop.dataset.Split;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.suggestion.CandidateReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How many questions there are for a verdict to rest on, and how many it takes. */
public record TestQuestions(int questions, int conversations) {
    /** A difference on fewer is chance. */
    public static final int FEWEST = 30;

    public static final int FEWEST_CONVERSATIONS = 15;

    /** Each has dozens of candidates, and each candidate is read by two networks. */
    private static final int MOST = 400;

    /** Those of the test part of a snapshot that have something to choose from. */
    static TestQuestions of(Connection database, UUID snapshot) throws SQLException {
        Map<UUID, Frozen> answered = answered(ExampleReader.part(database, snapshot, Split.TEST));
        Set<UUID> ranked = CandidateReader.foundByMeaning(database, answered.keySet());
        return new TestQuestions(ranked.size(), (int) ranked.stream()
                .map(impression -> answered.get(impression).conversation())
                .distinct()
                .count());
    }

    /** Of a test part, the newest questions that a reply of the knowledge base has answered, by their impressions. */
    public static Map<UUID, Frozen> answered(List<Frozen> part) {
        Map<UUID, Frozen> answered = new LinkedHashMap<>();
        for (int i = part.size() - 1; i >= 0 && answered.size() < MOST; i--) {
            Frozen one = part.get(i);
            if (one.reply() != null && one.pair().label() >= 0.5) {
                answered.putIfAbsent(one.impression(), one);
            }
        }
        return answered;
    }

    /** @throws Problem that names how many are missing */
    void require() {
        int missing = Math.max(0, FEWEST - questions);
        int missingConversations = Math.max(0, FEWEST_CONVERSATIONS - conversations);
        if (missing + missingConversations > 0) {
            boolean inQuestions = missing > 0;
            throw Problem.ofField(
                    ProblemCode.TOO_FEW_CONVERSATIONS,
                    "model",
                    FieldRule.WRONG,
                    Map.of(
                            "why",
                            inQuestions ? "test-questions" : "test-conversations",
                            "entry",
                            String.valueOf(inQuestions ? missing : missingConversations)),
                    String.format(
                            Locale.ROOT,
                            "The test part has %d answered questions from %d conversations, and a verdict needs %d from %d:"
                                    + " %d questions and %d conversations are missing. One conversation in five goes there;"
                                    + " answer more customers with suggestions first.",
                            questions,
                            conversations,
                            FEWEST,
                            FEWEST_CONVERSATIONS,
                            missing,
                            missingConversations));
        }
    }
}
