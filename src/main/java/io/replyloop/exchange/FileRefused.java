package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;

/** A file that is rejected as a whole; the reason can be translated. */
final class FileRefused extends Problem {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    FileRefused(Reason reason) {
        super(ProblemCode.IMPORT_INVALID, reason.message());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
