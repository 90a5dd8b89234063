package io.replyloop.training.worker;

/** Java has no exception of its own for it. */
final class DiskFull {
    private DiskFull() {}

    static boolean causedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }
}
