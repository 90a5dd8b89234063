package io.replyloop.singlesignon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final Duration patience;
    private final HttpClient http;

    @Inject
    Discovery(ObjectMapper json) {
        this(json, PATIENCE);
    }

    Discovery(ObjectMapper json, Duration patience) {
        this.json = json;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
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
        if (!ProviderSettings.tidied(named).equals(issuer)) {
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
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> asked = http.sendAsync(request, head -> new ShortBody(LONGEST));
        try {
            // The timeout of a request ends with the head of its answer: a body may take for ever.
            HttpResponse<byte[]> answer = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("the answer is " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known
                    ? known
                    : new IOException("it cannot be asked", failure.getCause());
        } catch (TimeoutException tooLate) {
            asked.cancel(true);
            throw new IOException("it took longer than " + patience.toSeconds() + " seconds", tooLate);
        } catch (InterruptedException interrupted) {
            asked.cancel(true);
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
