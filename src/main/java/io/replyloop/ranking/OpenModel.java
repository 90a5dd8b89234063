package io.replyloop.ranking;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import java.nio.file.Path;
import java.util.Collections;

/** A model directory read, checked and warmed up, whichever version it may be. */
record OpenModel(Path directory, CrossEncoderOptions options, CrossEncoder encoder, FinalScore finalScore, Speed speed)
        implements AutoCloseable {

    /** Throws, and leaves nothing open, when anything about the directory is wrong. */
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
     * The first passes through a network compile and allocate; better now than while a customer waits. The last one shows
     * how fast it is.
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
