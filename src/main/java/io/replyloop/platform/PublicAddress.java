package io.replyloop.platform;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Decides which addresses are ours: the configured one and, of the hosts that requests name, localhost and IP
 * addresses. Other names are not trusted, because whoever owns a name can make it point to this server (DNS rebinding),
 * and a page under that name would then count as ours.
 */
@ApplicationScoped
public class PublicAddress {
    private static final Logger LOG = Logger.getLogger(PublicAddress.class);
    private static final String PROPERTY = "replyloop.public-address";
    private static final Pattern NOT_A_NAME =
            Pattern.compile("localhost|([a-z0-9-]+\\.)+localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

    private final Optional<URI> address;

    PublicAddress(@ConfigProperty(name = PROPERTY) Optional<String> address) {
        this.address = address.map(PublicAddress::read);
    }

    void say(@Observes StartupEvent start) {
        if (address.isEmpty() && LaunchMode.current() == LaunchMode.NORMAL) {
            LOG.infof("%s is not set, so pages work on localhost and on IP addresses only", PROPERTY);
        }
    }

    public boolean isConfigured() {
        return address.isPresent();
    }

    /** Whether this origin, as sent by the browser, is one of ours. */
    public boolean isOrigin(String origin, HttpServerRequest request) {
        String asked = authorityOf(origin);
        if (asked == null) {
            return false;
        }
        if (address.map(URI::toString)
                .map(PublicAddress::authorityOf)
                .filter(asked::equals)
                .isPresent()) {
            return true;
        }
        HostAndPort host = request.authority();
        // A proxy may terminate TLS, so the scheme in the browser's origin is used.
        return isBelievable(host)
                && asked.equals(
                        authority(host.host(), host.port(), origin.strip().startsWith("https:")));
    }

    /** The prefix of printed links; if no address is configured, that of this machine. */
    public String linkBase(String scheme, int port) {
        return address.map(URI::toString).orElse(scheme + "://localhost:" + port);
    }

    /** A hint for somebody whose own page was refused. */
    public String hint(String origin) {
        return "This server does not know " + origin + " as its own address. If it is, set " + PROPERTY
                + " to it and start the server again.";
    }

    /**
     * The addresses to which pages loaded by this request may open a WebSocket, in the syntax of the security header.
     */
    public List<String> sockets(HttpServerRequest request) {
        List<String> sources = new ArrayList<>();
        address.ifPresent(
                own -> sources.add((own.getScheme().equals("https") ? "wss://" : "ws://") + own.getAuthority()));
        HostAndPort host = request.authority();
        if (isBelievable(host)) {
            String port = host.port() < 0 ? "" : ":" + host.port();
            String name = host.host().toLowerCase(Locale.ROOT) + port;
            sources.add("ws://" + name);
            sources.add("wss://" + name);
        }
        return sources.stream().distinct().toList();
    }

    /**
     * Where a browser finds this server: the configured address, or the one that the request names where it can be
     * believed.
     */
    public Optional<String> base(HttpServerRequest request) {
        HostAndPort host = request.authority();
        return address.map(URI::toString)
                .or(() -> isBelievable(host)
                        ? Optional.of(
                                request.scheme() + "://" + host.host() + (host.port() < 0 ? "" : ":" + host.port()))
                        : Optional.empty());
    }

    /** Whether the browser connected by TLS, here or to a proxy. */
    public boolean isSecure(HttpServerRequest request) {
        return "https".equals(request.scheme())
                || address.filter(own -> own.getScheme().equals("https")).isPresent();
    }

    private static boolean isBelievable(HostAndPort host) {
        return host != null
                && NOT_A_NAME.matcher(host.host().toLowerCase(Locale.ROOT)).matches();
    }

    private static URI read(String text) {
        String origin = text.strip().replaceAll("/+$", "");
        if (authorityOf(origin) == null || !origin.matches("(?i)https?://[^/?#@\\s;,']+")) {
            throw new IllegalArgumentException(
                    PROPERTY + " is \"" + text + "\"; set it to an address such as https://chat.example.com");
        }
        return URI.create(origin.toLowerCase(Locale.ROOT));
    }

    /**
     * Host and port, with the scheme's default port if there is none; null for anything but an origin, such as "null".
     */
    private static String authorityOf(String origin) {
        try {
            URI uri = URI.create(origin.strip());
            return uri.getHost() == null || uri.getScheme() == null
                    ? null
                    : authority(uri.getHost(), uri.getPort(), uri.getScheme().equalsIgnoreCase("https"));
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static String authority(String host, int port, boolean secure) {
        int implied = secure ? 443 : 80;
        return host.toLowerCase(Locale.ROOT) + ":" + (port < 0 ? implied : port);
    }
}
