package io.replyloop.retrieval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.lucene.util.VectorUtil;

/**
 * A logistic regression from the embedding of a question to the reply that answers it (Bishop 2006, 4.3.4), initialised
 * with the embeddings of the replies' own texts: before anything has been answered, a reply's score is its similarity,
 * and answered questions add to that. In effect, the reply is its own first example, a newly published reply takes part
 * immediately, and how far to trust the texts is learned as well. Training is gradient descent with one rate per reply
 * (AdaGrad): a few passes over each new question, each with a few older ones drawn at random, so that the newest do not
 * count for more than all the others.
 *
 * <p>Only one thread may change the model; any number may query it. A concurrent query may see half a step, which
 * changes a probability only slightly.
 */
final class ReplyRegression {
    /** Chosen on banking77's questions: 15 to 25 perform equally. */
    static final float FIRST_SCALE = 20;

    /**
     * Replies that cover a little of everything are similar to every question; others are similar only to those they
     * answer (hubness). The mean similarity of a reply to its nearest replies tells the two apart before anything has
     * been asked; this share of its excess over the average is subtracted (Radovanović et al. 2010; after Conneau et
     * al. 2018).
     */
    private static final float CROWDING = 0.3f;

    private static final int CROWD = 10;

    /** If there are more replies, this many represent all. */
    private static final int MOST_AROUND = 300;

    /** If there are more replies, adding one does not change the values of the others. */
    private static final int MANY_REPLIES = 1_000;

    private static final float RATE = 2;
    private static final float BIAS_RATE = 0.2f;
    private static final float SCALE_RATE = 0.5f;
    private static final float SCALE_PULL = 0.002f;
    /** A smaller error is ignored. */
    private static final float NEARLY_RIGHT = 1e-3f;

    private static final int PASSES = 3;
    private static final int REPLAYED = 2;
    /** A larger batch needs no replay, because it consists of older questions itself. */
    private static final int MANY = 2_000;
    /** Examples kept for replay: a uniform sample of all. */
    private static final int KEPT = 4_000;
    /** Examples that may wait to be learned; beyond that, some are never learned. */
    private static final int MOST_FRESH = 50_000;
    /** Only replies more probable than this are updated again for the same question. */
    private static final float RIVAL = NEARLY_RIGHT / 2;
    /** All replies are updated in one of this many steps, because others may have become rivals. */
    private static final int ALL_ONE_IN = 8;

    private final Map<UUID, Row> rows = new HashMap<>();
    private final List<Example> kept = new ArrayList<>();
    private final List<Example> fresh = new ArrayList<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Set<UUID> removed = new HashSet<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private volatile Row[] among = new Row[0];
    private volatile float scale = FIRST_SCALE;
    private long seen;
    private boolean changed;
    private float[] nearness = new float[0];
    private float[] scores = new float[0];

    /** An answered question, in a tenth of the memory of its vector. Only {@link #learn} changes it. */
    private static final class Example {
        private final String id;
        private final UUID answer;
        private final int length;
        private final byte[] packed;
        private Row[] rivals;
        /** Log-sum-exp of the scores of all replies except the rivals. */
        private float others;

        Example(String id, UUID answer, float[] moment) {
            this(id, answer, moment.length, PackedVector.pack(MeaningVector.brief(moment)));
        }

        Example(String id, UUID answer, int length, byte[] packed) {
            this.id = id;
            this.answer = answer;
            this.length = length;
            this.packed = packed;
        }

        float[] question() {
            return MeaningVector.whole(PackedVector.unpack(packed), length / 2);
        }
    }

    private static final class Row {
        private final UUID reply;
        private volatile float[] own;
        private volatile float[] learned;
        private float bias;
        private float squares = 1;
        /** Mean similarity to the nearest replies; NaN if not computed yet. */
        private volatile float crowd = Float.NaN;

        /** Subtracted from its similarity. */
        private volatile float tooNear;

        Row(UUID reply) {
            this.reply = reply;
        }

        float nearness(float[] question) {
            float[] meaning = own;
            return meaning == null ? 0 : MeaningVector.dot(meaning, question) - tooNear;
        }

        float score(float[] question, float nearness, float scale) {
            float[] weights = learned;
            return scale * nearness + bias + (weights == null ? 0 : VectorUtil.dotProduct(weights, question));
        }

        void move(float error, float[] question) {
            squares += error * error;
            float step = RATE * error / (float) Math.sqrt(squares);
            if (learned == null) {
                learned = new float[question.length];
            }
            for (int i = 0; i < question.length; i++) {
                learned[i] += step * question[i];
            }
            bias += BIAS_RATE * error / (float) Math.sqrt(squares);
        }
    }

    /** Adds a reply or changes the embedding of its text; what was learned about it stays. */
    void put(UUID reply, float[] own) {
        Row row = rows.computeIfAbsent(reply, Row::new);
        row.own = own;
        row.crowd = Float.NaN;
        changed = true;
    }

    void remove(UUID reply) {
        changed |= rows.remove(reply) != null;
        removed.add(reply);
    }

    /** Adds a question that the next {@link #learn} will learn. */
    void remember(String id, UUID reply, float[] question) {
        if (forgotten.contains(id) || removed.contains(reply)) {
            forgetNow();
        }
        Example example = new Example(id, reply, question);
        if (fresh.size() < MOST_FRESH) {
            fresh.add(example);
        } else {
            fresh.set(random.nextInt(MOST_FRESH), example);
        }
    }

    /** Drops the question from memory and disk; the weights learned from it stay. */
    void forget(String id) {
        forgotten.add(id);
    }

    /** Drops all at once, because each time goes through every example. */
    private void forgetNow() {
        if (!forgotten.isEmpty() || !removed.isEmpty()) {
            kept.removeIf(this::isForgotten);
            fresh.removeIf(this::isForgotten);
            forgotten.clear();
            removed.clear();
        }
    }

    private boolean isForgotten(Example example) {
        return forgotten.contains(example.id) || removed.contains(example.answer);
    }

    /**
     * Learns waiting examples, for at most this long.
     *
     * @return whether there are more
     */
    boolean learn(long nanos) {
        if (changed) {
            among = rows.values().toArray(Row[]::new);
            lookAround();
            changed = false;
        }
        forgetNow();
        long end = System.nanoTime() + nanos;
        int next = 0;
        boolean many = fresh.size() > MANY;
        while (next < fresh.size() && (next == 0 || System.nanoTime() < end)) {
            Example example = fresh.get(next++);
            float[] question = example.question();
            for (int pass = 0; pass < (many ? 1 : PASSES); pass++) {
                learn(example, question);
                for (int older = 0; older < REPLAYED && !kept.isEmpty(); older++) {
                    Example drawn = kept.get(random.nextInt(kept.size()));
                    learn(drawn, drawn.question());
                }
            }
            keep(example);
        }
        fresh.subList(0, next).clear();
        return !fresh.isEmpty();
    }

    private void lookAround() {
        List<Row> read = rows.values().stream().filter(row -> row.own != null).toList();
        List<Row> around = read.subList(0, Math.min(MOST_AROUND, read.size()));
        double sum = 0;
        for (Row row : read) {
            if (read.size() <= MANY_REPLIES || Float.isNaN(row.crowd)) {
                row.crowd = crowd(row, around);
            }
            sum += row.crowd;
        }
        for (Row row : read) {
            row.tooNear = CROWDING * (float) Math.max(0, row.crowd - sum / read.size());
        }
    }

    /** The mean similarity to the nearest replies. */
    private static float crowd(Row row, List<Row> around) {
        double[] nearness = around.stream()
                .filter(other -> other != row)
                .mapToDouble(other -> VectorUtil.dotProduct(row.own, other.own))
                .sorted()
                .toArray();
        int from = Math.max(0, nearness.length - CROWD);
        return (float) Arrays.stream(nearness, from, nearness.length).average().orElse(0);
    }

    private void keep(Example example) {
        seen++;
        if (kept.size() < KEPT) {
            kept.add(example);
        } else if (random.nextLong(seen) < KEPT) {
            kept.set(random.nextInt(KEPT), example);
        }
    }

    private void learn(Example example, float[] question) {
        Row answer = rows.get(example.answer);
        if (answer == null) {
            return;
        }
        boolean all = example.rivals == null || random.nextInt(ALL_ONE_IN) == 0;
        Row[] looked = all ? among : example.rivals;
        if (scores.length < looked.length) {
            nearness = new float[looked.length];
            scores = new float[looked.length];
        }
        for (int i = 0; i < looked.length; i++) {
            nearness[i] = looked[i].nearness(question);
            scores[i] = looked[i].score(question, nearness[i], scale);
        }
        float total = softmax(scores, looked.length, all ? Float.NEGATIVE_INFINITY : example.others);
        if (all) {
            findRivals(example, answer, total);
        }
        float trust = 0;
        for (int i = 0; i < looked.length; i++) {
            float error = (looked[i] == answer ? 1 : 0) - scores[i];
            if (Math.abs(error) >= NEARLY_RIGHT) {
                trust += error * nearness[i];
                looked[i].move(error, question);
            }
        }
        scale = Math.max(0, scale + SCALE_RATE * trust - SCALE_PULL * (scale - FIRST_SCALE));
    }

    private void findRivals(Example example, Row answer, float total) {
        Row[] all = among;
        int count = 0;
        double others = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == answer || scores[i] >= RIVAL) {
                count++;
            } else {
                others += scores[i];
            }
        }
        Row[] rivals = new Row[count];
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i] == answer || scores[i] >= RIVAL) {
                rivals[--count] = all[i];
            }
        }
        example.rivals = rivals;
        example.others = total + (float) Math.log(others);
    }

    /**
     * What the reply's own text and the learned weights say about a question.
     *
     * @param read whether the reply has an embedding
     */
    record Opinion(boolean read, double nearness, double probability) {}

    /** The opinion on every reply; the probabilities add up to 1. */
    Map<UUID, Opinion> opinions(float[] question) {
        Row[] all = among;
        float[] nearness = new float[all.length];
        float[] scores = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            nearness[i] = all[i].nearness(question);
            scores[i] = all[i].score(question, nearness[i], scale);
        }
        softmax(scores, scores.length, Float.NEGATIVE_INFINITY);
        Map<UUID, Opinion> opinions = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            opinions.put(all[i].reply, new Opinion(all[i].own != null, nearness[i], scores[i]));
        }
        return opinions;
    }

    /**
     * @param others one more score, which stands for all replies that are not in the array
     * @return the logarithm of the denominator
     */
    private static float softmax(float[] scores, int length, float others) {
        float highest = others;
        for (int i = 0; i < length; i++) {
            highest = Math.max(highest, scores[i]);
        }
        float sum = (float) Math.exp(others - highest);
        for (int i = 0; i < length; i++) {
            scores[i] = (float) Math.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = 0; i < length; i++) {
            scores[i] /= sum;
        }
        return highest + (float) Math.log(sum);
    }

    /** Writes what was learned, for {@link #read} at the next start. The embeddings of the replies are not included. */
    void write(DataOutputStream out) throws IOException {
        forgetNow();
        out.writeFloat(scale);
        out.writeLong(seen);
        List<Row> learned =
                rows.values().stream().filter(row -> row.learned != null).toList();
        out.writeInt(learned.size());
        for (Row row : learned) {
            LearnedFile.writeId(out, row.reply);
            out.writeFloat(row.bias);
            out.writeFloat(row.squares);
            LearnedFile.writePacked(out, PackedVector.pack(row.learned));
        }
        List<Example> examples = new ArrayList<>(kept);
        examples.addAll(fresh);
        out.writeInt(kept.size());
        out.writeInt(examples.size());
        for (Example example : examples) {
            out.writeUTF(example.id);
            LearnedFile.writeId(out, example.answer);
            out.writeInt(example.length);
            LearnedFile.writePacked(out, example.packed);
        }
    }

    static ReplyRegression read(DataInputStream in) throws IOException {
        ReplyRegression read = new ReplyRegression();
        read.scale = in.readFloat();
        read.seen = in.readLong();
        for (int rows = in.readInt(); rows > 0; rows--) {
            Row row = new Row(LearnedFile.readId(in));
            row.bias = in.readFloat();
            row.squares = in.readFloat();
            row.learned = PackedVector.unpack(LearnedFile.readPacked(in));
            read.rows.put(row.reply, row);
        }
        int kept = in.readInt();
        for (int examples = in.readInt(); examples > 0; examples--, kept--) {
            (kept > 0 ? read.kept : read.fresh)
                    .add(new Example(in.readUTF(), LearnedFile.readId(in), in.readInt(), LearnedFile.readPacked(in)));
        }
        read.changed = true;
        return read;
    }
}
