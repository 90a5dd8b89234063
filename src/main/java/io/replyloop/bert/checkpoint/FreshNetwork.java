package io.replyloop.bert.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** An untrained BERT, written as a directory from which pretraining can start. */
public final class FreshNetwork {

    private FreshNetwork() {}

    /**
     * Writes a {@code ...ForMaskedLM} directory with weights initialised as Hugging Face does.
     *
     * @param tokenizer directory whose tokenizer files are copied beside the weights
     * @param out a directory that does not exist yet
     */
    public static void write(BertConfig shape, Path tokenizer, Path out, long seed) throws IOException {
        try (Checkpoint fresh = Checkpoint.fresh(shape, true)) {
            CheckpointDirectory.write(out, shape, true, fresh.readAll(new Random(seed)), tokenizer);
        }
    }
}
