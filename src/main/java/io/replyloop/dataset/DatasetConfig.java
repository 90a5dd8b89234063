package io.replyloop.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "replyloop.dataset")
interface DatasetConfig {
    /** Replies that do not fit, written with each that does, at most. */
    @WithDefault("7")
    int negatives();
}
