package io.replyloop.model;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code replyloop.model-upload.*}: models that admins bring as archives. */
@ConfigMapping(prefix = "replyloop.model-upload")
interface UploadConfig {
    /** The longest archive, and the most that its files may have together once unpacked. */
    @WithDefault("4G")
    MemorySize longest();

    /** Uploads that may be under way at the same time, on all nodes together. */
    @WithDefault("4")
    int atOnce();
}
