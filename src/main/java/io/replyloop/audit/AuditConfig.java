package io.replyloop.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "replyloop.audit")
public interface AuditConfig {
    /** Whether entries keep the network address that a request came from; of IPv6, the /64 network. */
    @WithDefault("true")
    boolean addresses();
}
