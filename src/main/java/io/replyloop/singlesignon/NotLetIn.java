package io.replyloop.singlesignon;

/** Whoever comes does not come in. */
class NotLetIn extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    NotLetIn(Refusal refusal) {
        super(refusal.wireName());
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
