package io.replyloop.dataset;

/**
 * What an example of a snapshot is for: to learn from; to choose with, such as when to stop; to measure the result with,
 * and for nothing else; or for nothing at all, because its question nearly repeats one that measures.
 */
public enum Split {
    TRAIN("train"),
    DEV("dev"),
    TEST("test"),
    LEFT_OUT("left-out");

    private final String wireName;

    Split(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static Split named(String wireName) {
        for (Split split : values()) {
            if (split.wireName.equals(wireName)) {
                return split;
            }
        }
        throw new IllegalArgumentException("no part of a snapshot is called " + wireName);
    }
}
