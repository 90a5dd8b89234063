package io.replyloop.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * An index in memory over replies and the questions that they have answered. Changes are seen by searches after
 * {@link #refresh()}. One thread changes, any number search.
 *
 * <p>The questions grow with every accepted suggestion and are spread over many small segments; the replies hardly ever
 * change. In an index of their own, a search of them meets one segment and not all.
 */
public final class ReplyIndex implements AutoCloseable {
    /** Chosen on STAR: 0.25 to 0.5 are alike, 1 loses 2 points of R@1, 0 loses 8. */
    static final double CONTEXT_WEIGHT = 0.35;

    private static final int NEIGHBOURS = 300;
    private static final double OTHER_LANGUAGE = 0.5;

    private final int questionsPerReply;
    private final ReplyAnalyzer analyzer = new ReplyAnalyzer();
    private final LiveIndex replies = new LiveIndex(analyzer);
    private final LiveIndex questions = new LiveIndex(analyzer);
    /** The questions of each reply, oldest first, so that the oldest makes room. */
    private final Map<UUID, LinkedHashSet<String>> remembered = new HashMap<>();

    private final LearnedReplies learned = new LearnedReplies();

    /** A reply as customers may get it. */
    public record IndexedReply(UUID id, String title, String text, String language) {}

    /**
     * A question that a reply has answered.
     *
     * @param earlier the turns before {@code context}, a line each with its mark, oldest first
     * @param context the turn before the question, empty when there was none
     */
    public record IndexedQuestion(String id, UUID reply, String earlier, String context, String question) {}

    /** What speaks for a reply, each from 0 to 1. */
    public record Evidence(double firstStage, double memory) {
        public static final Evidence NONE = new Evidence(0, 0);
    }

    public ReplyIndex(int questionsPerReply) {
        this.questionsPerReply = questionsPerReply;
    }

    /** Adds the reply or replaces it; its questions have to be remembered again. */
    public void put(IndexedReply reply) {
        remove(reply.id());
        Document document = document(reply.id());
        document.add(new TextField("text", reply.text(), Field.Store.NO));
        document.add(new TextField("title", reply.title(), Field.Store.NO));
        document.add(new NumericDocValuesField(
                "script", Script.ofLanguage(reply.language()).ordinal()));
        replies.add(document);
    }

    /** Forgets the reply and its questions. */
    public void remove(UUID reply) {
        Term ofReply = new Term("reply", reply.toString());
        replies.delete(ofReply);
        questions.delete(ofReply);
        remembered.remove(reply);
        learned.forget(reply);
    }

    /** Adds an answered question; one that is known already is not added twice. */
    public void remember(IndexedQuestion question) {
        LinkedHashSet<String> known = remembered.computeIfAbsent(question.reply(), id -> new LinkedHashSet<>());
        if (!known.add(question.id())) {
            return;
        }
        if (known.size() > questionsPerReply) {
            String oldest = known.iterator().next();
            known.remove(oldest);
            questions.delete(new Term("id", oldest));
            learned.forget(question.reply(), oldest);
        }
        learned.remember(
                question.reply(),
                question.id(),
                new Question("", question.question(), question.context(), question.earlier()));
        Document document = document(question.reply());
        document.add(new StringField("id", question.id(), Field.Store.NO));
        document.add(new TextField("question", question.question(), Field.Store.NO));
        document.add(new TextField("context", question.context(), Field.Store.NO));
        questions.add(document);
    }

    /** Makes all changes so far visible to searches. */
    public void refresh() {
        replies.refresh();
        questions.refresh();
        learned.learn();
    }

    /** The replies for which anything speaks. */
    public Map<UUID, Evidence> search(Question question) {
        Map<UUID, Double> first = replies.search(searcher -> firstStage(searcher, question));
        double share = learned.share();
        Map<UUID, Double> memory = MemoryScore.with(
                questions.search(searcher -> memory(searcher, question)), learned.probabilities(question), share);
        // The more questions are remembered, the less its words say of a reply.
        double wordsCount = 1 - share;
        Map<UUID, Evidence> evidence = new HashMap<>();
        first.forEach((reply, score) -> evidence.put(reply, new Evidence(wordsCount * score, 0)));
        memory.forEach((reply, score) -> evidence.merge(
                reply, new Evidence(0, score), (own, past) -> new Evidence(own.firstStage(), past.memory())));
        return evidence;
    }

    private Map<UUID, Double> firstStage(IndexSearcher searcher, Question question) throws IOException {
        QuestionSimilarity words = new QuestionSimilarity(searcher, analyzer)
                .with("text", question.words(), 1)
                .with("title", question.words(), 1);
        int asked = Script.of(question.text()).ordinal();
        ScoreDoc[] hits = searcher.search(words.query(), NEIGHBOURS).scoreDocs;
        UUID[] found = LiveIndex.replies(searcher, hits);
        long[] scripts = LiveIndex.numbers(searcher, hits, "script")[0];
        Map<UUID, Double> scores = new HashMap<>();
        double best = 0;
        for (int hit = 0; hit < hits.length; hit++) {
            double score = scripts[hit] == asked ? hits[hit].score : OTHER_LANGUAGE * hits[hit].score;
            scores.put(found[hit], score);
            best = Math.max(best, score);
        }
        double divisor = best;
        scores.replaceAll((reply, score) -> score / divisor);
        return scores;
    }

    private Map<UUID, Double> memory(IndexSearcher searcher, Question question) throws IOException {
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

    private static Document document(UUID reply) {
        Document document = new Document();
        document.add(new StringField("reply", reply.toString(), Field.Store.NO));
        LiveIndex.addReply(document, reply);
        return document;
    }

    @Override
    public void close() {
        replies.close();
        questions.close();
    }
}
