package io.replyloop.curation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "replyloop.curation")
interface CurationConfig {
    /** Examples that are looked through for contradictions, repeats and likely errors, at most: the newest. */
    @WithDefault("24000")
    int examples();

    /** Their questions, at most; memory grows with the square of it. */
    @WithDefault("3000")
    int questions();

    /** New examples and corrections after which all are looked through again when somebody opens the page. */
    @WithDefault("200")
    int lookAgainAfter();
}
