package io.replyloop.retrieval;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the team's decisions have taught, based on embeddings: a regression over the replies and the votes of the
 * nearest answered questions, combined as the mean of their log-probabilities. Right after a decision the votes are
 * better, after many decisions the regression; together they are better than either (figures in ADR 90).
 */
final class MeaningMemory {
    static final double REGRESSIONS_SHARE = 0.7;
    /** Answered questions with a lower cosine similarity are ignored. */
    private static final double MIN_SIMILARITY = 0.35;
    /** Probabilities far below this make no difference. */
    private static final double UNLIKELY = 1e-3;

    private static final double LEAST = 1e-30;
    /** For a reply that has been encoded but has nothing to do with the question. */
    private static final double LEAST_MEANING = 1e-3;

    private final ReplyRegression regression;

    MeaningMemory() {
        this(new ReplyRegression());
    }

    MeaningMemory(ReplyRegression regression) {
        this.regression = regression;
    }

    ReplyRegression regression() {
        return regression;
    }

    void put(UUID reply, float[] meaning) {
        regression.put(reply, meaning);
    }

    void remove(UUID reply) {
        regression.remove(reply);
    }

    void remember(String id, UUID reply, float[] question) {
        regression.remember(id, reply, question);
    }

    void forget(String id) {
        regression.forget(id);
    }

    boolean learn(long nanos) {
        return regression.learn(nanos);
    }

    /**
     * Adds meaning and memory to the evidence for each reply.
     *
     * @return how much the answered questions know about this moment, from 0 to 1: the share of all votes that goes to
     *     their own texts rather than to the texts of the replies
     */
    double search(float[] question, QuestionVotes.Votes votes, Map<UUID, Evidence> evidence) {
        Map<UUID, ReplyRegression.Opinion> opinions = regression.opinions(question);
        Map<UUID, Double> scores = new HashMap<>();
        double ofTexts = QuestionVotes.vote(MIN_SIMILARITY);
        double highest = Double.NEGATIVE_INFINITY;
        for (Map.Entry<UUID, ReplyRegression.Opinion> entry : opinions.entrySet()) {
            double questions = votes.ofReplies().getOrDefault(entry.getKey(), 0.0);
            double text = QuestionVotes.vote(entry.getValue().nearness());
            ofTexts += text;
            double score = REGRESSIONS_SHARE * Math.log(entry.getValue().probability() + LEAST)
                    + (1 - REGRESSIONS_SHARE) * Math.log(questions + text + LEAST);
            scores.put(entry.getKey(), score);
            highest = Math.max(highest, score);
        }
        double sum = 0;
        for (double score : scores.values()) {
            sum += Math.exp(score - highest);
        }
        double known = votes.ofQuestions() / (votes.ofQuestions() + ofTexts);
        for (Map.Entry<UUID, Double> entry : scores.entrySet()) {
            double probability = Math.exp(entry.getValue() - highest) / sum;
            ReplyRegression.Opinion one = opinions.get(entry.getKey());
            double meaning = one.read() ? Math.max(LEAST_MEANING, one.nearness()) : 0;
            Evidence meant = new Evidence(0, meaning, known * opinion(probability), 0, probability, 0);
            evidence.merge(entry.getKey(), meant, Evidence::better);
        }
        return known;
    }

    /**
     * Maps a probability to a logarithmic scale from 0 to 1. The next stage adds up several features, and logarithms
     * are what can be added: on STAR, this finds the right reply among the first three more often than the probability
     * or its square root.
     */
    private static double opinion(double probability) {
        return Math.log1p(probability / UNLIKELY) / Math.log1p(1 / UNLIKELY);
    }
}
