package io.replyloop.dataset;

import java.util.Locale;

/** What an example is for: to learn from, or to measure with. */
public enum Split {
    TRAIN,
    DEV;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
