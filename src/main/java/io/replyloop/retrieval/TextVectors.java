package io.replyloop.retrieval;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Turns texts into vectors of length 1, the product of two of which says how near their meanings are. */
public interface TextVectors {
    /** Vectors of different versions must not be compared. */
    String version();

    /** Numbers in a vector. */
    int dimension();

    /**
     * A vector for each text, in their order.
     *
     * @param urgent somebody waits, who goes before those that do not, and gets an exception rather than a late answer
     */
    CompletableFuture<List<float[]>> of(List<String> texts, boolean urgent);
}
