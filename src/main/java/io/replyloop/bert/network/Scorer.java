package io.replyloop.bert.network;

import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.List;

/** A network that is ready to score, whatever its implementation. */
interface Scorer extends AutoCloseable {
    /** Logits of each pair, in the order of the pairs. */
    float[][] score(List<EncodedPair> pairs);

    @Override
    void close();
}
