package io.replyloop.retrieval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.lucene.util.VectorUtil;

/**
 * A logistic regression from the vector of a question to the reply that answers it (Bishop 2006, 4.3.4), which begins at
 * what the replies' own texts mean: before anything has been answered, a reply's score is the nearness of its meaning,
 * and what answered questions teach is added to that. So the reply itself is its first example, a reply that has just
 * been published competes at once, and how far to trust the texts at all is learned along with the rest. Gradient
 * descent with one rate for each reply (AdaGrad), a few passes over each new question with a few older ones drawn by
 * chance, so that the newest do not count for more than all before them.
 *
 * <p>One thread changes, any number ask; who asks meanwhile may see half a step, which moves a probability a little.
 */
final class ReplyRegression {
    /** Chosen on banking77's questions: 15 to 25 are alike. */
    private static final float FIRST_SCALE = 20;

    private static final float RATE = 2;
    private static final float BIAS_RATE = 0.2f;
    private static final float SCALE_RATE = 0.5f;
    private static final float SCALE_PULL = 0.002f;
    /** A reply that is wrong by less than this is left alone. */
    private static final float NEARLY_RIGHT = 1e-3f;

    private static final int PASSES = 3;
    private static final int REPLAYED = 2;
    /** A great many questions at once are their own older ones. */
    private static final int MANY = 2_000;
    /** Examples that are kept to be drawn, a fair sample of all there were. */
    private static final int KEPT = 4_000;

    private final Map<UUID, Row> rows = new HashMap<>();
    private final List<Example> kept = new ArrayList<>();
    private final List<Example> fresh = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private volatile Row[] among = new Row[0];
    private volatile float scale = FIRST_SCALE;
    private long seen;
    private boolean changed;

    private record Example(UUID answer, float[] question) {}

    private static final class Row {
        private final UUID reply;
        private volatile float[] own;
        private volatile float[] learned;
        private float bias;
        private float squares = 1;

        Row(UUID reply) {
            this.reply = reply;
        }

        float nearness(float[] question) {
            float[] meaning = own;
            return meaning == null ? 0 : MeaningVector.dot(meaning, question);
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

    /** A reply there is, and what its own text means; what was learned of it stays. */
    void put(UUID reply, float[] own) {
        rows.computeIfAbsent(reply, Row::new).own = own;
        changed = true;
    }

    void remove(UUID reply) {
        changed |= rows.remove(reply) != null;
    }

    /** A question to be learned by the next {@link #learn}. */
    void remember(UUID reply, float[] question) {
        fresh.add(new Example(reply, question));
    }

    /**
     * Learns what has been remembered, for so long at most.
     *
     * @return whether there is more
     */
    boolean learn(long nanos) {
        if (changed) {
            among = rows.values().toArray(Row[]::new);
            changed = false;
        }
        long end = System.nanoTime() + nanos;
        int next = 0;
        boolean many = fresh.size() > MANY;
        while (next < fresh.size() && (next % 8 != 0 || next == 0 || System.nanoTime() < end)) {
            Example example = fresh.get(next++);
            for (int pass = 0; pass < (many ? 1 : PASSES); pass++) {
                learn(example);
                for (int older = 0; older < REPLAYED && !kept.isEmpty(); older++) {
                    learn(kept.get(random.nextInt(kept.size())));
                }
            }
            keep(example);
        }
        fresh.subList(0, next).clear();
        return !fresh.isEmpty();
    }

    private void keep(Example example) {
        seen++;
        if (kept.size() < KEPT) {
            kept.add(example);
        } else if (random.nextLong(seen) < KEPT) {
            kept.set(random.nextInt(KEPT), example);
        }
    }

    private void learn(Example example) {
        Row answer = rows.get(example.answer);
        if (answer == null) {
            return;
        }
        Row[] all = among;
        float[] nearness = new float[all.length];
        float[] scores = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            nearness[i] = all[i].nearness(example.question);
            scores[i] = all[i].score(example.question, nearness[i], scale);
        }
        softmax(scores);
        float trust = 0;
        for (int i = 0; i < all.length; i++) {
            float error = (all[i] == answer ? 1 : 0) - scores[i];
            if (Math.abs(error) >= NEARLY_RIGHT) {
                trust += error * nearness[i];
                all[i].move(error, example.question);
            }
        }
        scale = Math.max(0, scale + SCALE_RATE * trust - SCALE_PULL * (scale - FIRST_SCALE));
    }

    /**
     * What a reply's own text and what was learned say of a question.
     *
     * @param read whether an encoder has read the reply
     */
    record Opinion(boolean read, double nearness, double probability) {}

    /** Of every reply; the probabilities together have 1. */
    Map<UUID, Opinion> opinions(float[] question) {
        Row[] all = among;
        float[] nearness = new float[all.length];
        float[] scores = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            nearness[i] = all[i].nearness(question);
            scores[i] = all[i].score(question, nearness[i], scale);
        }
        softmax(scores);
        Map<UUID, Opinion> opinions = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            opinions.put(all[i].reply, new Opinion(all[i].own != null, nearness[i], scores[i]));
        }
        return opinions;
    }

    private static void softmax(float[] scores) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            highest = Math.max(highest, score);
        }
        float sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
    }

    /** What was learned, to be read by {@link #read} after the next start; the replies' own meanings are not in it. */
    void write(DataOutputStream out) throws IOException {
        out.writeFloat(scale);
        out.writeLong(seen);
        List<Row> learned =
                rows.values().stream().filter(row -> row.learned != null).toList();
        out.writeInt(learned.size());
        for (Row row : learned) {
            writeId(out, row.reply);
            out.writeFloat(row.bias);
            out.writeFloat(row.squares);
            writeVector(out, row.learned);
        }
        List<Example> examples = new ArrayList<>(kept);
        examples.addAll(fresh);
        out.writeInt(kept.size());
        out.writeInt(examples.size());
        for (Example example : examples) {
            writeId(out, example.answer);
            writeVector(out, example.question);
        }
    }

    static ReplyRegression read(DataInputStream in) throws IOException {
        ReplyRegression read = new ReplyRegression();
        read.scale = in.readFloat();
        read.seen = in.readLong();
        for (int rows = in.readInt(); rows > 0; rows--) {
            Row row = new Row(readId(in));
            row.bias = in.readFloat();
            row.squares = in.readFloat();
            row.learned = readVector(in);
            read.rows.put(row.reply, row);
        }
        int kept = in.readInt();
        for (int examples = in.readInt(); examples > 0; examples--, kept--) {
            (kept > 0 ? read.kept : read.fresh).add(new Example(readId(in), readVector(in)));
        }
        read.changed = true;
        return read;
    }

    private static void writeId(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static void writeVector(DataOutputStream out, float[] vector) throws IOException {
        byte[] packed = PackedVector.pack(vector);
        out.writeInt(packed.length);
        out.write(packed);
    }

    private static float[] readVector(DataInputStream in) throws IOException {
        return PackedVector.unpack(in.readNBytes(in.readInt()));
    }
}
