package io.replyloop.suggestion;

import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Question;
import io.replyloop.retrieval.ReplyIndex;
import io.replyloop.retrieval.ReplyIndex.IndexedQuestion;
import io.replyloop.retrieval.ReplyIndex.IndexedReply;
import io.replyloop.retrieval.TextVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a team's agents would be shown, from a knowledge base and the questions that it has answered, without a server or a
 * database: for measuring, by the very code that serves.
 */
public final class OfflineTeam implements AutoCloseable {
    /** Reads question and reply together. */
    public interface Judge {
        /** A logit for each reply, in their order. */
        double[] logits(String query, List<String> replies);
    }

    private static final int QUESTIONS_PER_REPLY = 2_000;

    private final TextVectors encoder;
    private final Judge judge;
    private final FinalScore score;
    private final ReplyIndex index = new ReplyIndex(QUESTIONS_PER_REPLY);
    private final Map<UUID, Candidate> replies = new LinkedHashMap<>();
    private int questions;

    /**
     * @param encoder null for none
     * @param judge null for the first stage alone
     */
    public OfflineTeam(TextVectors encoder, Judge judge, FinalScore score) {
        this.encoder = encoder;
        this.judge = judge;
        this.score = score;
    }

    public void publish(UUID reply, String title, String text, String language) {
        float[] meaning = encoder == null
                ? null
                : encoder.of(List.of(IndexedReply.toRead(title, text)), false).join().get(0);
        index.put(new IndexedReply(reply, title, text, language, meaning));
        replies.put(reply, new Candidate(reply, 1, title, text, null, null));
        index.refresh();
    }

    /** An agent has answered with the reply. */
    public void answered(UUID reply, String query, String question) {
        index.remember(indexed(reply, query, question));
        learn();
    }

    /** An agent has said that the reply does not fit. */
    public void rejected(UUID reply, String query, String question) {
        index.reject(indexed(reply, query, question));
    }

    private IndexedQuestion indexed(UUID reply, String query, String question) {
        Question asked = understood(query, question);
        return new IndexedQuestion(
                Integer.toString(++questions), reply, asked.context(), asked.text(), asked.meaning());
    }

    private void learn() {
        while (index.refresh()) {
            // Until all has been learned.
        }
    }

    private Question understood(String query, String question) {
        Question asked = Question.of(query, question);
        return encoder == null ? asked : asked.understoodBy(encoder, false).join();
    }

    /**
     * Every reply, best first.
     *
     * @param query the last turns, a line each with the mark of who wrote it, oldest first
     * @param question what of them the customer asks, without marks
     */
    public List<Scored> ranked(String query, String question) {
        ReplyIndex.Found found = index.search(understood(query, question));
        List<Candidate> candidates = new ArrayList<>(replies.values());
        double[] logits = judge == null
                ? null
                : judge.logits(query, candidates.stream().map(Candidate::text).toList());
        List<Scored> ranked = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate known = candidates.get(i);
            Candidate candidate = new Candidate(
                    known.reply(), 1, known.title(), known.text(), null, found.evidence(known.reply()));
            Double logit = logits == null ? null : logits[i];
            ranked.add(new Scored(candidate, logit, score.probability(logit, candidate.evidence())));
        }
        ranked.sort(Comparator.comparingDouble(Scored::probability).reversed());
        return ranked;
    }

    /** What of it is shown, and what is not. */
    public Shortlist shown(String query, String question, int most) {
        return Shortlist.of(query, question, ranked(query, question), score.threshold(), most, replies.size());
    }

    /** Whether a suggestion is called sure, likely or unsure. */
    public Confidence confidence(Scored scored) {
        return Confidence.of(scored.probability(), score.confidence());
    }

    @Override
    public void close() {
        index.close();
    }
}
