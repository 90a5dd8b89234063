package io.replyloop.webhooks;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds where a webhook leads. The name is looked up here and the connection made to what was found and checked: asked
 * again, the name could lead elsewhere (DNS rebinding).
 */
@ApplicationScoped
class WebhookAddresses {
    static final int LONGEST = 2_000;
    private static final int HIGHEST_PORT = 65_535;

    /** Looks a name up. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Nothing may be sent there, or it cannot be found. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Failure why;

        Refused(Failure why) {
            super(why.wireName());
            this.why = why;
        }

        Failure why() {
            return why;
        }
    }

    private final Destinations destinations;
    private final Names names;

    @Inject
    WebhookAddresses(WebhooksConfig config) {
        this(config.allowedNetworks().orElse(List.of()), InetAddress::getAllByName);
    }

    WebhookAddresses(List<String> allowed, Names names) {
        destinations = new Destinations(allowed.stream().map(Network::of).toList());
        this.names = names;
    }

    static URI parsed(String url) {
        URI address;
        try {
            address = new URI(url.strip());
        } catch (URISyntaxException no) {
            throw malformed();
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean usable = (scheme.equals("https") || scheme.equals("http"))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawFragment() == null
                && address.getPort() != 0
                && address.getPort() <= HIGHEST_PORT;
        if (!usable) {
            throw malformed();
        }
        return address;
    }

    private static Problem malformed() {
        return Problem.ofField(
                "url",
                FieldRule.MALFORMED,
                "Give the whole address, such as https://example.com/hooks, without a name or password in it.");
    }

    /** Says at once what would otherwise be found out when the first event is sent. */
    URI checked(String url) {
        URI address = parsed(url);
        try {
            of(address);
            return address;
        } catch (Refused refused) {
            String what = switch (refused.why()) {
                case UNKNOWN_HOST -> "The name " + address.getHost() + " is not known. Check how it is written.";
                case NOT_ENCRYPTED ->
                    "Use https: without it, anybody on the way could read what is sent. Only networks in"
                            + " replyloop.webhooks.allowed-networks may be sent to without.";
                default ->
                    address.getHost() + " is an address of a private network, to which nothing is sent unless"
                            + " replyloop.webhooks.allowed-networks has its network.";
            };
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "url",
                    FieldRule.WRONG,
                    Map.of("why", refused.why().wireName()),
                    what);
        }
    }

    /** All of them may be sent to: of a name that also leads to where it may not, nothing good is meant. */
    List<InetAddress> of(URI address) throws Refused {
        InetAddress[] found;
        try {
            found = names.of(host(address));
        } catch (UnknownHostException unknown) {
            throw new Refused(Failure.UNKNOWN_HOST);
        }
        boolean encrypted = isEncrypted(address);
        for (InetAddress one : found) {
            if (!destinations.isAllowed(one)) {
                if (!destinations.isPublic(one)) {
                    throw new Refused(Failure.NOT_PUBLIC);
                }
                if (!encrypted) {
                    throw new Refused(Failure.NOT_ENCRYPTED);
                }
            }
        }
        return List.of(found);
    }

    static boolean isEncrypted(URI address) {
        return address.getScheme().equalsIgnoreCase("https");
    }

    static int port(URI address) {
        return address.getPort() > 0 ? address.getPort() : isEncrypted(address) ? 443 : 80;
    }

    /** Without the brackets of an IPv6 address. */
    static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
