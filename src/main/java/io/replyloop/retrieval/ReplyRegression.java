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

    /**
     * Replies that say a little of everything are near to every question, and others are near to those only that they
     * answer. How near a reply is to the replies around it tells them apart before anything has been asked, and this share
     * of what it has above the mean is taken off (Radovanović et al. 2010; after Conneau et al. 2018).
     */
    private static final float CROWDING = 0.3f;

    private static final int CROWD = 10;

    /** With more replies, these stand for all. */
    private static final int MOST_AROUND = 300;

    /** With more replies, one that is added changes nothing for the others. */
    private static final int MANY_REPLIES = 1_000;

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
    /** Examples that wait to be learned; of more than these, some are never. */
    private static final int MOST_FRESH = 50_000;
    /** Only replies more probable than this are looked at again for the same question. */
    private static final float RIVAL = NEARLY_RIGHT / 2;
    /** Every so often all replies are, because what was none may have become a rival. */
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

    /** A question that was answered, in a tenth of the memory that its vector takes; only {@link #learn} changes it. */
    private static final class Example {
        private final String id;
        private final UUID answer;
        private final int length;
        private final byte[] packed;
        private Row[] rivals;
        /** The logarithm of what all replies but the rivals have together, before the softmax divides. */
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
        /** How near the replies around it are; NaN until that is known. */
        private volatile float crowd = Float.NaN;

        /** What is taken off its nearness. */
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

    /** A reply there is, and what its own text means; what was learned of it stays. */
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

    /** A question to be learned by the next {@link #learn}. */
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

    /** No longer keeps that question, in memory or on the disk; what was learned of it and of all others stays. */
    void forget(String id) {
        forgotten.add(id);
    }

    /** All at once, because each time goes through everything. */
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
     * Learns what has been remembered, for so long at most.
     *
     * @return whether there is more
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

    /** The mean over the nearest. */
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
        softmax(scores, scores.length, Float.NEGATIVE_INFINITY);
        Map<UUID, Opinion> opinions = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            opinions.put(all[i].reply, new Opinion(all[i].own != null, nearness[i], scores[i]));
        }
        return opinions;
    }

    /**
     * @param others a score more, for all that are not among these
     * @return the logarithm of what it divides by
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

    /** What was learned, to be read by {@link #read} after the next start; the replies' own meanings are not in it. */
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
