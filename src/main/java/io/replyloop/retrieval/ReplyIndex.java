package io.replyloop.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * An index in memory over replies and the questions that they have answered. Changes are seen by searches after
 * {@link #refresh()}. One thread changes, any number search.
 */
public final class ReplyIndex implements AutoCloseable {
    /** Chosen on STAR: 0.25 to 0.5 are alike, 1 loses 2 points of R@1, 0 loses 8. */
    static final double CONTEXT_WEIGHT = 0.35;

    private static final int NEIGHBOURS = 300;
    private static final double OTHER_LANGUAGE = 0.5;

    private final int questionsPerReply;
    private final ReplyAnalyzer analyzer = new ReplyAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private final SearcherManager searchers;
    /** The questions of each reply, oldest first, so that the oldest makes room. */
    private final Map<UUID, LinkedHashSet<String>> remembered = new HashMap<>();

    /** A reply as customers may get it. */
    public record IndexedReply(UUID id, String title, String text, String language) {}

    /** A question that a reply has answered; {@code context} is the turn before it, empty when there was none. */
    public record IndexedQuestion(String id, UUID reply, String context, String question) {}

    /** What speaks for a reply, each from 0 to 1. */
    public record Evidence(double firstStage, double memory) {
        public static final Evidence NONE = new Evidence(0, 0);
    }

    public ReplyIndex(int questionsPerReply) {
        this.questionsPerReply = questionsPerReply;
        try {
            writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(QuestionSimilarity.BM25));
            searchers = new SearcherManager(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make an index in memory", failure);
        }
    }

    /** Adds the reply or replaces it; its questions have to be remembered again. */
    public void put(IndexedReply reply) {
        remove(reply.id());
        Document document = document(reply.id());
        document.add(new StringField("kind", "reply", Field.Store.NO));
        document.add(new TextField("text", reply.text(), Field.Store.NO));
        document.add(new TextField("title", reply.title(), Field.Store.NO));
        document.add(new BinaryDocValuesField(
                "language", new BytesRef(Script.ofLanguage(reply.language()).name())));
        add(document);
    }

    /** Forgets the reply and its questions. */
    public void remove(UUID reply) {
        try {
            writer.deleteDocuments(new Term("reply", reply.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        remembered.remove(reply);
    }

    /** Adds an answered question; one that is known already is not added twice. */
    public void remember(IndexedQuestion question) {
        LinkedHashSet<String> known = remembered.computeIfAbsent(question.reply(), id -> new LinkedHashSet<>());
        if (!known.add(question.id())) {
            return;
        }
        try {
            if (known.size() > questionsPerReply) {
                String oldest = known.iterator().next();
                known.remove(oldest);
                writer.deleteDocuments(new Term("id", oldest));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Document document = document(question.reply());
        document.add(new StringField("kind", "question", Field.Store.NO));
        document.add(new StringField("id", question.id(), Field.Store.NO));
        document.add(new TextField("question", question.question(), Field.Store.NO));
        document.add(new TextField("context", question.context(), Field.Store.NO));
        add(document);
    }

    /** Makes all changes so far visible to searches. */
    public void refresh() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The replies for which anything speaks. */
    public Map<UUID, Evidence> search(Question question) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                searcher.setSimilarity(QuestionSimilarity.BM25);
                Map<UUID, Double> first = firstStage(searcher, question);
                Map<UUID, Double> memory = memory(searcher, question);
                Map<UUID, Evidence> evidence = new HashMap<>();
                first.forEach((reply, score) -> evidence.put(reply, new Evidence(score, 0)));
                memory.forEach((reply, score) -> evidence.merge(
                        reply, new Evidence(0, score), (own, past) -> new Evidence(own.firstStage(), past.memory())));
                return evidence;
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<UUID, Double> firstStage(IndexSearcher searcher, Question question) throws IOException {
        QuestionSimilarity words = new QuestionSimilarity(searcher, analyzer)
                .with("text", question.words(), 1)
                .with("title", question.words(), 1);
        Script asked = Script.of(question.text());
        Map<UUID, Double> scores = new HashMap<>();
        double best = 0;
        TopDocs found = searcher.search(words.query(), NEIGHBOURS);
        for (ScoreDoc hit : found.scoreDocs) {
            Script reply = Script.valueOf(value(searcher, hit.doc, "language"));
            double score = reply == asked ? hit.score : OTHER_LANGUAGE * hit.score;
            scores.put(UUID.fromString(value(searcher, hit.doc, "of")), score);
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
        List<MemoryScore.Neighbour<UUID>> neighbours = new ArrayList<>();
        double same = similarity.ofTheSame();
        for (ScoreDoc hit : searcher.search(similarity.query(), NEIGHBOURS).scoreDocs) {
            UUID reply = UUID.fromString(value(searcher, hit.doc, "of"));
            neighbours.add(new MemoryScore.Neighbour<>(reply, hit.score / same));
        }
        return MemoryScore.of(neighbours);
    }

    private static String value(IndexSearcher searcher, int document, String field) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        BinaryDocValues values = leaf.reader().getBinaryDocValues(field);
        if (values == null || !values.advanceExact(document - leaf.docBase)) {
            throw new IllegalStateException("Document " + document + " has no " + field);
        }
        return values.binaryValue().utf8ToString();
    }

    private static Document document(UUID reply) {
        Document document = new Document();
        document.add(new StringField("reply", reply.toString(), Field.Store.NO));
        document.add(new BinaryDocValuesField("of", new BytesRef(reply.toString())));
        return document;
    }

    private void add(Document document) {
        try {
            writer.addDocument(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.rollback();
            directory.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
