package io.replyloop.singlesignon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** Reads what a provider publishes about itself: its addresses and its keys. */
@ApplicationScoped
class Discovery {
    private static final Logger LOG = Logger.getLogger(Discovery.class);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 512 * 1024;

    /** On one's own machine, nobody listens in between. */
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Discovery(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What a provider says of itself.
     *
     * @param keys address of its public keys
     * @param signOut address at which people sign out there; null where it has none
     */
    record Published(String issuer, String keys, String signOut) {}

    /** Throws a {@link Problem} about the field {@code issuer} that says what to look at. */
    Published published(String issuer) {
        try {
            return read(issuer);
        } catch (IOException failure) {
            LOG.infof("The identity provider %s cannot be read: %s", issuer, failure.toString());
            throw refusal("cannot be read (" + reason(failure) + "): below it, " + WELL_KNOWN
                    + " has to be there for this server.");
        }
    }

    /** The same where nobody can do anything about an address that does not answer. */
    Published read(String issuer) throws IOException {
        JsonNode document = json.readTree(get(address(issuer + WELL_KNOWN)));
        String named = document.path("issuer").asText();
        if (!named.replaceAll("/+$", "").equals(issuer)) {
            throw refusal("calls itself \"" + shortened(named) + "\": give exactly that address.");
        }
        String keys = document.path("jwks_uri").asText();
        if (!isSecure(keys)) {
            throw refusal("does not name a jwks_uri that begins with https://.");
        }
        if (document.path("authorization_endpoint").asText().isEmpty()
                || document.path("token_endpoint").asText().isEmpty()) {
            throw refusal("does not offer the authorization code flow, which Replyloop uses.");
        }
        String signOut = document.path("end_session_endpoint").asText();
        // Browsers are sent there.
        return new Published(named, keys, isSecure(signOut) ? signOut : null);
    }

    /** With which it signs tokens. */
    JsonWebKeySet keys(Published provider) throws IOException {
        try {
            return new JsonWebKeySet(new String(get(URI.create(provider.keys())), StandardCharsets.UTF_8));
        } catch (JoseException unreadable) {
            throw new IOException("no key set", unreadable);
        }
    }

    private byte[] get(URI address) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("the answer is " + answer.statusCode());
                }
                byte[] bytes = body.readNBytes(LONGEST + 1);
                if (bytes.length > LONGEST) {
                    throw new IOException("the answer is too long");
                }
                return bytes;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static URI address(String text) {
        if (isSecure(text)) {
            URI address = URI.create(text);
            if (address.getRawQuery() == null && address.getRawFragment() == null) {
                return address;
            }
        }
        throw refusal("is an address that begins with https://");
    }

    private static boolean isSecure(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && OWN_MACHINE.contains(address.getHost())));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : shortened(message);
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static Problem refusal(String why) {
        return Problem.ofField(ProblemCode.INVALID, "issuer", FieldRule.MALFORMED, Map.of(), "issuer: " + why);
    }
}
