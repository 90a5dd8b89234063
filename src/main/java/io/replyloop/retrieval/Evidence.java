package io.replyloop.retrieval;

/**
 * What speaks for a reply before anybody reads it beside the question, each from 0 to 1.
 *
 * @param firstStage BM25 of its own words; the best of a question has 1, however many questions others have answered
 * @param meaning how near its own meaning is to the question's; 0 where no encoder has read both, and never where one has
 * @param memory how strongly the questions that replies have answered speak for it
 * @param known how much those questions know of this moment at all; the same for every reply
 */
public record Evidence(double firstStage, double meaning, double memory, double known) {
    public static final Evidence NONE = new Evidence(0, 0, 0, 0);

    /** Of a first day. */
    public Evidence(double firstStage, double meaning, double memory) {
        this(firstStage, meaning, memory, 0);
    }

    /** Of two replies that say the same. */
    public Evidence better(Evidence other) {
        return new Evidence(
                Math.max(firstStage, other.firstStage),
                Math.max(meaning, other.meaning),
                Math.max(memory, other.memory),
                Math.max(known, other.known));
    }

    Evidence withKnown(double now) {
        return new Evidence(firstStage, meaning, memory, now);
    }

    /** What is left once agents have said that it does not fit. */
    Evidence times(double share) {
        return new Evidence(share * firstStage, share * meaning, share * memory, known);
    }
}
