package io.replyloop.webhooks;

import java.time.Duration;

/**
 * What came of sending an event once.
 *
 * @param status of HTTP; null where there was no answer
 * @param failure null where the receiver has taken it
 * @param text how the answer begins; null without one
 * @param pause for how long the receiver asks to be left alone; null where it does not
 */
record Answer(Integer status, Failure failure, String text, long millis, Duration pause) {
    boolean delivered() {
        return failure == null;
    }

    boolean gone() {
        return failure == Failure.GONE;
    }
}
