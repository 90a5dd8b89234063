package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.ScriptedClassifier;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A checkpoint that fine-tuning starts from: one of a built-in family, or another network as TorchScript. */
public interface FineTuningBase extends AutoCloseable {
    static FineTuningBase open(Path directory, Loss loss) {
        return ScriptedClassifier.isIn(directory)
                ? new ScriptedBase(ScriptedClassifier.open(directory))
                : new BertBase(directory, Checkpoint.openForFineTuning(directory, loss.outputs()));
    }

    int labels();

    boolean isRegression();

    /** Number of encoder layers that are known by name. */
    int layers();

    int maxLength();

    PairTokenizer tokenizer(int maxLength);

    Learner load(FineTuningOptions options);

    /** Loads saved weights and moments into a network of this base. */
    void restore(Learner learner, Path weights, SafetensorsFile moments);

    /**
     * Writes a directory of the same layout.
     *
     * @param kept file with the weights to write; empty for the network's current weights
     */
    void write(Path out, Learner learner, Optional<Path> kept) throws IOException;

    @Override
    void close();
}
