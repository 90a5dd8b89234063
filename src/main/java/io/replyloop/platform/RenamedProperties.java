package io.replyloop.platform;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.FallbackConfigSourceInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Configuration keys that were renamed: the old ones go on to work, and a start with one of them says so. */
public final class RenamedProperties extends FallbackConfigSourceInterceptor {
    /** From the key of today to the one before. */
    private static final Map<String, String> RENAMED = Map.of(
            "replyloop.warmup.exchanges", "replyloop.rehearsal.exchanges",
            "replyloop.warmup.limit", "replyloop.rehearsal.limit");

    public RenamedProperties() {
        super(name -> RENAMED.getOrDefault(name, name));
    }

    @ApplicationScoped
    static class Warning {
        private static final Logger LOG = Logger.getLogger(RenamedProperties.class);

        void atStart(@Observes StartupEvent start, Config config) {
            RENAMED.forEach((now, before) -> {
                // Asked for by name, and so also found in a profile and in an environment variable.
                if (config.getConfigValue(before).getValue() != null) {
                    LOG.warnf("The property %s is now called %s; please rename it", before, now);
                }
            });
        }
    }
}
