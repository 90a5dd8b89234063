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
 * Which addresses are ours. The one that is set is. Of what a request names as its host, only localhost and IP addresses
 * are believed: a name can be made to point at this server by whoever owns it (DNS rebinding), and a page under that name
 * would then pass for ours.
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

    /** Whether a page of this origin, as the browser of the request names it, is one of ours. */
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
        // A proxy may end TLS before us, so the scheme that counts is the one that the browser names.
        return isBelievable(host)
                && asked.equals(
                        authority(host.host(), host.port(), origin.strip().startsWith("https:")));
    }

    /** The begin of links that are printed; where nobody has set one, that of this machine. */
    public String linkBase(String scheme, int port) {
        return address.map(URI::toString).orElse(scheme + "://localhost:" + port);
    }

    /** What to tell somebody whose own page was refused. */
    public String hint(String origin) {
        return "This server does not know " + origin + " as its own address. If it is, set " + PROPERTY
                + " to it and start the server again.";
    }

    /** The addresses to which pages that this request loads may open a WebSocket, as a security header takes them. */
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

    /** Whether the browser of this request came by TLS, here or at a proxy. */
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

    /** Host and port, with the port that the scheme implies; null for what is no origin, such as "null". */
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
