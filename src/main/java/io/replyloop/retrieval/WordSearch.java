package io.replyloop.retrieval;

import io.replyloop.platform.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * What the words of a question say about replies: by the replies' own texts, and by the questions they have answered.
 */
final class WordSearch {
    /** Chosen on STAR: 0.25 to 0.5 perform equally, 1 loses 2 points of R@1, 0 loses 8. */
    static final double CONTEXT_WEIGHT = 0.35;

    private static final int NEIGHBOURS = 300;
    private static final double OTHER_LANGUAGE = 0.5;
    /**
     * The weight of words where there is an embedding, for questions in an alphabet. The encoder was trained on far
     * more English than Chinese, so words add less in English. Measured on six data sets: English ones lose with more
     * than this, Chinese ones with less than 1.
     */
    static final double WORDS_BESIDE_MEANING = 0.4;

    private static final Script[] SCRIPTS = Script.values();

    private WordSearch() {}

    /** Scores replies by their own titles and texts, relative to the best. */
    static Map<UUID, Double> ofReplies(IndexSearcher searcher, ReplyAnalyzer analyzer, Question question)
            throws IOException {
        QuestionSimilarity words = new QuestionSimilarity(searcher, analyzer)
                .with("text", question.words(), 1)
                .with("title", question.words(), 1);
        Script asked = Script.of(question.text());
        boolean[] suits = new boolean[SCRIPTS.length];
        for (Script script : SCRIPTS) {
            suits[script.ordinal()] = asked.suits(script);
        }
        ScoreDoc[] hits = searcher.search(words.query(), NEIGHBOURS).scoreDocs;
        UUID[] found = LiveIndex.replies(searcher, hits);
        long[] scripts = LiveIndex.numbers(searcher, hits, "script")[0];
        Map<UUID, Double> scores = new HashMap<>();
        double best = 0;
        for (int hit = 0; hit < hits.length; hit++) {
            double score = suits[(int) scripts[hit]] ? hits[hit].score : OTHER_LANGUAGE * hits[hit].score;
            scores.put(found[hit], score);
            best = Math.max(best, score);
        }
        boolean meant = question.meaning() != null && !isUnfamiliar(question);
        double divisor = meant ? best / WORDS_BESIDE_MEANING : best;
        scores.replaceAll((reply, score) -> score / divisor);
        return scores;
    }

    /** Scores replies by the questions they have answered. */
    static Map<UUID, Double> ofQuestions(IndexSearcher searcher, ReplyAnalyzer analyzer, Question question)
            throws IOException {
        QuestionSimilarity similarity = new QuestionSimilarity(searcher, analyzer)
                .with("question", question.text(), 1)
                .with("context", question.context(), CONTEXT_WEIGHT);
        double same = similarity.ofTheSame();
        ScoreDoc[] hits = searcher.search(similarity.query(), NEIGHBOURS).scoreDocs;
        UUID[] found = LiveIndex.replies(searcher, hits);
        List<MemoryScore.Neighbour<UUID>> neighbours = new ArrayList<>();
        for (int hit = 0; hit < hits.length; hit++) {
            neighbours.add(new MemoryScore.Neighbour<>(found[hit], hits[hit].score / same));
        }
        return MemoryScore.of(neighbours);
    }

    /**
     * Without an embedding of the question, memory goes by the words of answered questions.
     *
     * @return how much they know about this moment
     */
    static double byQuestions(
            IndexSearcher searcher, ReplyAnalyzer analyzer, Question question, Map<UUID, Evidence> evidence)
            throws IOException {
        double best = 0;
        for (Map.Entry<UUID, Double> score :
                ofQuestions(searcher, analyzer, question).entrySet()) {
            evidence.merge(score.getKey(), new Evidence(0, 0, score.getValue()), Evidence::better);
            best = Math.max(best, score.getValue());
        }
        return best;
    }

    /** The built-in encoder has a third as many layers for Chinese as for English. */
    static boolean isUnfamiliar(Question question) {
        return Script.of(question.text()) == Script.CHINESE;
    }
}
