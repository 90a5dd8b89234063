package io.replyloop.cli;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.vertx.http.HttpServerStart;
import io.replyloop.platform.PublicAddress;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** Logs the addresses to open once the server is listening. */
@ApplicationScoped
public class WhereToGo {
    private static final Logger LOG = Logger.getLogger("replyloop");

    private final PublicAddress publicAddress;

    WhereToGo(PublicAddress publicAddress) {
        this.publicAddress = publicAddress;
    }

    void say(@ObservesAsync HttpServerStart start) {
        if (LaunchMode.current() == LaunchMode.TEST) {
            return;
        }
        HttpServerOptions server = start.options();
        String base = publicAddress.linkBase(server.isSsl() ? "https" : "http", server.getPort());
        LOG.infof("Replyloop is at %s/", base);
        if (isDemo()) {
            LOG.infof("    shop and console together   %s/demo/", base);
            LOG.infof("    shop page with the widget   %s/shop/", base);
        }
        LOG.infof("    agents' console             %s/console/%s", base, who("anna@demo.example"));
        LOG.infof("    administration              %s/admin/%s", base, who("admin@demo.example"));
    }

    private static boolean isDemo() {
        return ConfigUtils.isProfileActive("demo");
    }

    private static String who(String account) {
        return isDemo() ? "   sign in as " + account + ", password replyloop-demo" : "";
    }
}
