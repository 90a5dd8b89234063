package io.replyloop.model;

import java.nio.file.Path;

/** What another package wants of a directory before it becomes the model that serves. */
public interface ModelCheck {
    /** @throws io.replyloop.platform.Problem {@code model-damaged}, naming the file and what is wrong with it */
    void check(Path directory);
}
