package io.replyloop.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;

/**
 * How the answered questions nearest in meaning vote: each for its reply, with a weight that falls steeply with the
 * distance (a Parzen window), beside the reply's own text, which votes likewise.
 */
final class QuestionVotes {
    static final String FIELD = "meaning";
    /** A segment of fewer is searched whole; a larger one by its graph (HNSW; Malkov and Yashunin 2018). */
    static final int EXACT_UP_TO = 4_000;

    /** Chosen on banking77 and STAR: 20 to 30 are alike, 10 loses 3 points. */
    private static final double STEEPNESS = 30;

    private static final int NEIGHBOURS = 64;
    /** The further a graph is searched, the fewer of the nearest are missed. */
    private static final int SEARCHED = 128;

    private static final Comparator<ScoreDoc> NEAREST_FIRST = (one, other) -> Float.compare(other.score, one.score);
    /** Of the numbers of a vector of length 1 and one dimension, hardly any is larger than this. */
    private static final float LARGEST = 6.2f;

    private QuestionVotes() {}

    static KnnByteVectorField field(float[] moment) {
        return new KnnByteVectorField(FIELD, bytes(moment), VectorSimilarityFunction.DOT_PRODUCT);
    }

    /** By this a number becomes a byte; the numbers are the smaller, the more there are. */
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

    /** What the nearest questions give each reply together. */
    static Map<UUID, Double> of(IndexSearcher searcher, float[] moment) throws IOException {
        ScoreDoc[] nearest = nearest(searcher, bytes(moment));
        UUID[] replies = LiveIndex.replies(searcher, nearest);
        Map<UUID, Double> votes = new HashMap<>();
        for (int i = 0; i < nearest.length; i++) {
            votes.merge(replies[i], vote(nearest[i].score), Double::sum);
        }
        return votes;
    }

    /** The scores are products of the vectors. */
    private static ScoreDoc[] nearest(IndexSearcher searcher, byte[] moment) throws IOException {
        List<ScoreDoc> nearest = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            for (ScoreDoc hit : nearest(leaf.reader(), moment)) {
                nearest.add(new ScoreDoc(leaf.docBase + hit.doc, hit.score));
            }
        }
        nearest.sort(NEAREST_FIRST);
        return nearest.stream().limit(NEIGHBOURS).toArray(ScoreDoc[]::new);
    }

    private static List<ScoreDoc> nearest(LeafReader segment, byte[] moment) throws IOException {
        ByteVectorValues vectors = segment.getByteVectorValues(FIELD);
        if (vectors == null || vectors.dimension() != moment.length) {
            return List.of();
        }
        if (vectors.size() <= EXACT_UP_TO) {
            return all(segment, vectors, moment);
        }
        ScoreDoc[] found = segment.searchNearestVectors(
                        FIELD, moment, SEARCHED, segment.getLiveDocs(), Integer.MAX_VALUE)
                .scoreDocs;
        float steps = steps(moment.length);
        float products = moment.length * (float) (1 << 15);
        for (ScoreDoc hit : found) {
            // Lucene's score of a product of bytes, undone.
            hit.score = (hit.score - 0.5f) * products / (steps * steps);
        }
        return List.of(found);
    }

    private static List<ScoreDoc> all(LeafReader segment, ByteVectorValues vectors, byte[] moment) throws IOException {
        Bits live = segment.getLiveDocs();
        float steps = steps(moment.length);
        List<ScoreDoc> hits = new ArrayList<>(vectors.size());
        for (int document = vectors.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = vectors.nextDoc()) {
            if (live == null || live.get(document)) {
                int product = VectorUtil.dotProduct(vectors.vectorValue(), moment);
                hits.add(new ScoreDoc(document, product / (steps * steps)));
            }
        }
        hits.sort(NEAREST_FIRST);
        return hits.subList(0, Math.min(NEIGHBOURS, hits.size()));
    }
}
