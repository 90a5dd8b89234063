package io.replyloop.mail;

import io.replyloop.platform.PublicAddress;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Addresses of our own pages, for mails. */
@Singleton
public class ServerLinks {
    private final String base;

    ServerLinks(PublicAddress address, @ConfigProperty(name = "quarkus.http.port") int port) {
        base = address.linkBase("http", port);
    }

    /** @param path begins with a slash */
    public String to(String path) {
        return base + path;
    }

    /** Without the scheme, as people call the server. */
    public String name() {
        return base.substring(base.indexOf("://") + 3);
    }
}
