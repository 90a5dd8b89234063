package io.replyloop.retrieval;

/**
 * The evidence for a reply before the cross-encoder scores it. Each value is from 0 to 1.
 *
 * @param firstStage BM25 score of the reply's own words, relative to the best reply for this question, which has 1, or
 *     less where embeddings are more reliable than words. How many questions a reply has answered does not matter
 * @param meaning similarity of the reply's embedding to the question's; 0 exactly if one of the two has not been
 *     encoded
 * @param memory how strongly the questions that replies have answered support this reply
 * @param known how much the answered questions know about the moment in general; the same for every reply
 * @param share the reply's probability among all replies, by meaning and memory: how clear the choice is. Similarity
 *     alone does not show that, because it is higher in some languages and subjects than in others
 * @param unfamiliar 1 if the question is in a language on which the encoder was trained less, so that meaning is less
 *     reliable; otherwise 0. The same for every reply
 */
public record Evidence(
        double firstStage, double meaning, double memory, double known, double share, double unfamiliar) {
    public static final Evidence NONE = new Evidence(0, 0, 0, 0);

    /** Evidence without embeddings. */
    public Evidence(double firstStage, double meaning, double memory, double known) {
        this(firstStage, meaning, memory, known, 0, 0);
    }

    /** Evidence on a team's first day, when no question has been answered. */
    public Evidence(double firstStage, double meaning, double memory) {
        this(firstStage, meaning, memory, 0);
    }

    /** The evidence for two replies with the same text: the maximum of each value. */
    public Evidence better(Evidence other) {
        return new Evidence(
                Math.max(firstStage, other.firstStage),
                Math.max(meaning, other.meaning),
                Math.max(memory, other.memory),
                Math.max(known, other.known),
                Math.max(share, other.share),
                Math.max(unfamiliar, other.unfamiliar));
    }

    /** Adds the values that are the same for every reply. */
    Evidence at(double nowKnown, double nowUnfamiliar) {
        return new Evidence(firstStage, meaning, memory, nowKnown, share, nowUnfamiliar);
    }

    /** Scales the evidence down after agents have rejected the reply for similar questions. */
    Evidence times(double left) {
        return new Evidence(left * firstStage, left * meaning, left * memory, known, left * share, unfamiliar);
    }
}
