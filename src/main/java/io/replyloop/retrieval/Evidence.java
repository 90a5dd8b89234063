package io.replyloop.retrieval;

/**
 * What speaks for a reply before anybody reads it beside the question, each from 0 to 1.
 *
 * @param firstStage BM25 of its own words; the best of a question has 1, however many questions others have answered, or
 *     less where meaning tells more than words do
 * @param meaning how near its own meaning is to the question's; 0 where no encoder has read both, and never where one has
 * @param memory how strongly the questions that replies have answered speak for it
 * @param known how much those questions know of this moment at all; the same for every reply
 * @param share its probability among all replies by meaning and memory; how clear the matter is, which nearness alone
 *     does not tell: that is larger in one language and one subject than in another
 * @param unfamiliar whether the question is in a language of which the encoder has read less, so that its meaning tells
 *     less: 1 or 0, the same for every reply
 */
public record Evidence(
        double firstStage, double meaning, double memory, double known, double share, double unfamiliar) {
    public static final Evidence NONE = new Evidence(0, 0, 0, 0);

    /** By words alone. */
    public Evidence(double firstStage, double meaning, double memory, double known) {
        this(firstStage, meaning, memory, known, 0, 0);
    }

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
                Math.max(known, other.known),
                Math.max(share, other.share),
                Math.max(unfamiliar, other.unfamiliar));
    }

    /** At a moment. */
    Evidence at(double nowKnown, double nowUnfamiliar) {
        return new Evidence(firstStage, meaning, memory, nowKnown, share, nowUnfamiliar);
    }

    /** What is left once agents have said that it does not fit. */
    Evidence times(double left) {
        return new Evidence(left * firstStage, left * meaning, left * memory, known, left * share, unfamiliar);
    }
}
