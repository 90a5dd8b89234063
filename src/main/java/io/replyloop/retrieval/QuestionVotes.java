package io.replyloop.retrieval;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;

/**
 * How the answered questions nearest in meaning vote: each for its reply, with a weight that falls steeply with
 * distance (a Parzen window). The reply's own text votes in the same way.
 */
final class QuestionVotes {
    static final String FIELD = "meaning";
    /**
     * Segments up to this size are searched exhaustively, larger ones by their HNSW graph (Malkov and Yashunin 2018).
     */
    static final int EXACT_UP_TO = 4_000;

    /** Chosen on banking77 and STAR: 20 to 30 perform equally, 10 loses 3 points. */
    private static final double STEEPNESS = 30;

    private static final int NEIGHBOURS = 64;
    /** The more of a graph is searched, the fewer neighbours are missed. */
    private static final int SEARCHED = 128;

    /**
     * To an encoder, any two questions look similar, especially in a language it knows less well, so an answered
     * question must be nearer than a reply's text by this margin. Without it, memory made results for a Chinese team
     * worse than on the first day (R@1 fell from 0.32 to 0.17 on 140 telephone questions; to 0.29 with the margin).
     * English and Chinese data sets of four kinds agree on 0.1.
     */
    private static final double ANSWERED_QUESTION_MARGIN = 0.1;

    /** From here on, people see that two questions ask the same. */
    private static final double ALIKE = 0.8;

    /** The length of a moment without text. */
    private static final double NO_LENGTH = 1e-9;
    /** Hardly any component of a vector of length 1 is larger than this, relative to its root mean square. */
    private static final float LARGEST = 6.2f;

    private QuestionVotes() {}

    static KnnByteVectorField field(float[] moment) {
        return new KnnByteVectorField(FIELD, bytes(moment), VectorSimilarityFunction.DOT_PRODUCT);
    }

    /** The factor by which a component is scaled to a byte; components get smaller as the dimension grows. */
    private static float steps(int length) {
        return (float) (Byte.MAX_VALUE / LARGEST * Math.sqrt(length / 2.0));
    }

    private static byte[] bytes(float[] moment) {
        float steps = steps(moment.length);
        byte[] bytes = new byte[moment.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, Math.round(moment[i] * steps)));
        }
        return bytes;
    }

    static double vote(double nearness) {
        return Math.exp(STEEPNESS * (nearness - 1));
    }

    static double ofQuestion(double nearness) {
        return vote(nearness - ANSWERED_QUESTION_MARGIN);
    }

    /**
     * @param ofReplies the sum of the votes of the nearest moments for each reply
     * @param ofQuestions the sum of the votes of the nearest questions for all replies, by their own text only: the
     *     turn before, which many conversations share, helps to tell replies apart but does not show that a similar
     *     question has been answered
     */
    record Votes(Map<UUID, Double> ofReplies, double ofQuestions) {}

    /** How near the nearest answered question of each reply is, of those that are the nearest of all. */
    static Map<UUID, Double> nearest(IndexSearcher searcher, float[] moment) throws IOException {
        Asked asked = new Asked(moment);
        Nearest questions = new Nearest();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            search(leaf, asked, new Nearest(), questions);
        }
        ScoreDoc[] hits = questions.hits.toArray(ScoreDoc[]::new);
        UUID[] replies = LiveIndex.replies(searcher, hits);
        Map<UUID, Double> nearest = new HashMap<>();
        for (int i = 0; i < hits.length; i++) {
            nearest.merge(replies[i], (double) hits[i].score, Math::max);
        }
        return nearest;
    }

    static Votes of(IndexSearcher searcher, float[] moment) throws IOException {
        return of(searcher, moment, null);
    }

    /** @param before becomes, for each reply, the number of the answered question that is the most like this one */
    static Votes of(IndexSearcher searcher, float[] moment, Map<UUID, Long> before) throws IOException {
        Asked asked = new Asked(moment);
        Nearest moments = new Nearest();
        Nearest questions = new Nearest();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            search(leaf, asked, moments, questions);
        }
        ScoreDoc[] nearest = moments.hits.toArray(ScoreDoc[]::new);
        UUID[] replies = LiveIndex.replies(searcher, nearest);
        Map<UUID, Double> votes = new HashMap<>();
        for (int i = 0; i < nearest.length; i++) {
            votes.merge(replies[i], ofQuestion(nearest[i].score), Double::sum);
        }
        double all = questions.hits.stream()
                .mapToDouble(hit -> ofQuestion(hit.score))
                .sum();
        if (before != null) {
            likeThis(searcher, questions, before);
        }
        return new Votes(votes, all);
    }

    private static void likeThis(IndexSearcher searcher, Nearest questions, Map<UUID, Long> before) throws IOException {
        ScoreDoc[] alike = questions.hits.stream()
                .filter(hit -> hit.score >= ALIKE)
                .sorted((one, other) -> Float.compare(other.score, one.score))
                .toArray(ScoreDoc[]::new);
        if (alike.length == 0) {
            return;
        }
        UUID[] replies = LiveIndex.replies(searcher, alike);
        for (int i = 0; i < alike.length; i++) {
            if (!before.containsKey(replies[i])) {
                UUID reply = replies[i];
                number(searcher, alike[i].doc).ifPresent(number -> before.put(reply, number));
            }
        }
    }

    /** Empty in an index of questions that have no numbers, as those of a measurement. */
    private static OptionalLong number(IndexSearcher searcher, int document) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        NumericDocValues numbers = leaf.reader().getNumericDocValues("number");
        return numbers != null && numbers.advanceExact(document - leaf.docBase)
                ? OptionalLong.of(numbers.longValue())
                : OptionalLong.empty();
    }

    /** A moment with a turn before is longer than one without; cosine similarity makes them comparable. */
    private static final class Asked {
        private final byte[] moment;
        private final byte[] question;
        private final double length;
        private final double questionLength;
        private final boolean alone;

        Asked(float[] asked) {
            moment = bytes(asked);
            question = Arrays.copyOf(Arrays.copyOf(moment, moment.length / 2), moment.length);
            length = length(asked, asked.length);
            questionLength = length(asked, asked.length / 2);
            alone = Arrays.equals(moment, question);
        }

        private static double length(float[] vector, int end) {
            double squares = 0;
            for (int i = 0; i < end; i++) {
                squares += vector[i] * vector[i];
            }
            return Math.max(Math.sqrt(squares), NO_LENGTH);
        }
    }

    private static final class Nearest {
        private final PriorityQueue<ScoreDoc> hits =
                new PriorityQueue<>((one, other) -> Float.compare(one.score, other.score));

        void offer(int document, double score) {
            if (hits.size() < NEIGHBOURS) {
                hits.add(new ScoreDoc(document, (float) score));
            } else if (score > hits.peek().score) {
                hits.poll();
                hits.add(new ScoreDoc(document, (float) score));
            }
        }
    }

    private static void search(LeafReaderContext leaf, Asked asked, Nearest moments, Nearest questions)
            throws IOException {
        LeafReader segment = leaf.reader();
        ByteVectorValues vectors = segment.getByteVectorValues(FIELD);
        if (vectors == null || vectors.dimension() != asked.moment.length) {
            return;
        }
        Bits live = segment.getLiveDocs();
        float steps = steps(asked.moment.length);
        PrimitiveIterator.OfInt documents = vectors.size() <= EXACT_UP_TO ? null : byGraph(segment, asked);
        int document = next(vectors, documents);
        while (document != DocIdSetIterator.NO_MORE_DOCS) {
            if (live == null || live.get(document)) {
                byte[] vector = vectors.vectorValue();
                double length = Math.sqrt(VectorUtil.dotProduct(vector, vector)) / steps;
                double product = VectorUtil.dotProduct(vector, asked.moment) / (steps * steps);
                double own = asked.alone ? product : VectorUtil.dotProduct(vector, asked.question) / (steps * steps);
                moments.offer(leaf.docBase + document, product / (asked.length * Math.max(length, NO_LENGTH)));
                questions.offer(leaf.docBase + document, own / asked.questionLength);
            }
            document = next(vectors, documents);
        }
    }

    private static int next(ByteVectorValues vectors, PrimitiveIterator.OfInt documents) throws IOException {
        if (documents == null) {
            return vectors.nextDoc();
        }
        return documents.hasNext() ? vectors.advance(documents.nextInt()) : DocIdSetIterator.NO_MORE_DOCS;
    }

    private static PrimitiveIterator.OfInt byGraph(LeafReader segment, Asked asked) throws IOException {
        IntStream.Builder found = IntStream.builder();
        for (byte[] wanted : asked.alone ? List.of(asked.moment) : List.of(asked.moment, asked.question)) {
            for (ScoreDoc hit : segment.searchNearestVectors(
                            FIELD, wanted, SEARCHED, segment.getLiveDocs(), Integer.MAX_VALUE)
                    .scoreDocs) {
                found.add(hit.doc);
            }
        }
        return found.build().sorted().distinct().iterator();
    }
}
