package io.replyloop.ranking;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import java.nio.file.Path;
import java.util.Collections;

/** A model directory that has been read, checked and warmed up, whatever its version. */
record OpenModel(Path directory, CrossEncoderOptions options, CrossEncoder encoder, FinalScore finalScore, Speed speed)
        implements AutoCloseable {

    /** Opens a model; if anything about the directory is wrong, throws and leaves nothing open. */
    static OpenModel open(Path directory, CrossEncoderOptions options) {
        FinalScore finalScore = FinalScore.of(directory);
        CrossEncoder encoder = CrossEncoder.open(directory, options);
        try {
            int labels = encoder.info().labels();
            if (labels > 2) {
                throw new UnusableModel(directory.resolve("config.json")
                        + ": a ranking model has one label or two, and this one has " + labels);
            }
            OpenModel model = new OpenModel(directory, options, encoder, finalScore, new Speed());
            model.warmUp();
            return model;
        } catch (RuntimeException | Error broken) {
            encoder.close();
            throw broken;
        }
    }

    /**
     * The first passes through a network compile code and allocate memory, which is better done before a customer
     * waits. The last pass measures the speed.
     */
    private void warmUp() {
        TokenIds text = encoder.tokenize("Hello, where is my order? 你好，我的订单在哪里？");
        EncodedPair pair = encoder.pair(text, text);
        for (int pairs : new int[] {1, 8, 32, 32}) {
            long started = System.nanoTime();
            encoder.logits(Collections.nCopies(pairs, pair));
            speed.measured(pairs * pair.length(), System.nanoTime() - started);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
