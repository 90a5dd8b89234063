package io.replyloop.bert.training;

/** The run has saved its state and stopped at the listener's request; the same call resumes from it. */
public final class Suspended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param step steps done */
    Suspended(int step) {
        super("suspended after step " + step);
    }
}
