package io.replyloop.bert.training;

/** A run has saved its state and stopped, because its listener wished so; the same call goes on from there. */
public final class Suspended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param step steps done */
    Suspended(int step) {
        super("suspended after step " + step);
    }
}
