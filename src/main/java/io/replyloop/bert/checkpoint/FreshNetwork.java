package io.replyloop.bert.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A BERT that has learned nothing yet, as a directory that pretraining goes on from. */
public final class FreshNetwork {

    private FreshNetwork() {}

    /**
     * Writes a {@code ...ForMaskedLM} directory with weights drawn as Hugging Face draws them.
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
