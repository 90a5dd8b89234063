package io.replyloop.platform;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.FallbackConfigSourceInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Renamed configuration keys: the old names still work, but starting with one of them logs a warning. */
public final class RenamedProperties extends FallbackConfigSourceInterceptor {
    /** Maps each current key to its former name. */
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
                // Looked up by name, so that profiles and environment variables are covered, too.
                if (config.getConfigValue(before).getValue() != null) {
                    LOG.warnf("The property %s is now called %s; please rename it", before, now);
                }
            });
        }
    }
}
