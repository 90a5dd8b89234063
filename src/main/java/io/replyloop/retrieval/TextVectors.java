package io.replyloop.retrieval;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Turns texts into vectors of length 1; the dot product of two vectors is the similarity of the texts. */
public interface TextVectors {
    /** Vectors of different versions must not be compared. */
    String version();

    /** Number of components of a vector. */
    int dimension();

    /**
     * Returns a vector for each text, in the same order.
     *
     * @param urgent whether somebody is waiting: urgent requests go first, and fail rather than being answered late
     */
    CompletableFuture<List<float[]>> of(List<String> texts, boolean urgent);
}
