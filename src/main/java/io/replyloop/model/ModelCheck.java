package io.replyloop.model;

import java.nio.file.Path;

/** Another package's requirements of a model directory before it is promoted. */
public interface ModelCheck {
    /** @throws io.replyloop.platform.Problem {@code model-damaged}, naming the file and what is wrong with it */
    void check(Path directory);
}
