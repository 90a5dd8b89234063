package io.replyloop.bert.network;

import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.List;

/** A network that is ready to score, whatever it is made of. */
interface Scorer extends AutoCloseable {
    /** Logits of each pair, in the order asked. */
    float[][] score(List<EncodedPair> pairs);

    @Override
    void close();
}
