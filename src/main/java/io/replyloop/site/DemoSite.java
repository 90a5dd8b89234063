package io.replyloop.site;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The demo shop's site; only in the demo, never in production. */
@ApplicationScoped
class DemoSite {
    static final String KEY = "demo";
    private static final Set<String> PROFILES = Set.of("demo", "dev", "test");

    private final Sites sites;
    private final int port;

    DemoSite(Sites sites, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.sites = sites;
        this.port = port;
    }

    void create(@Observes StartupEvent start) {
        if (ConfigUtils.getProfiles().stream().noneMatch(PROFILES::contains)) {
            return;
        }
        sites.ensure(
                KEY,
                new SiteSettings(
                        "Demo shop",
                        List.of("http://localhost:" + port, "http://127.0.0.1:" + port),
                        SiteSettings.DEFAULT_COLOR,
                        "Hello! How can we help you?",
                        "您好！有什么可以帮您？",
                        false));
    }
}
