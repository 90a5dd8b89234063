package io.replyloop.singlesignon;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/** What the provider says when somebody has signed out there (OpenID Connect Back-Channel Logout 1.0). */
@ApplicationScoped
class BackChannel {
    private static final Logger LOG = Logger.getLogger(BackChannel.class);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** In seconds. An older token says nothing about sessions that have begun since. */
    private static final int OLDEST = 120;

    private static final int CLOCKS_DIFFER = 60;
    private static final int AT_ONCE = 8;

    /** What the provider publishes is not asked for anew for each token. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final Duration READ_ANEW_AFTER = Duration.ofSeconds(5);

    private final Providers providers;
    private final Discovery discovery;
    private final ProvidedSessions sessions;
    private final AtomicReference<Known> known = new AtomicReference<>();

    /** Anybody can send a token, and the provider may be slow: the rest of the server goes on. */
    private final Semaphore room = new Semaphore(AT_ONCE);

    BackChannel(Providers providers, Discovery discovery, ProvidedSessions sessions) {
        this.providers = providers;
        this.discovery = discovery;
        this.sessions = sessions;
    }

    /** What the provider has published, as it was at a time by {@link System#nanoTime()}. */
    private record Known(UUID revision, String issuer, JsonWebKeySet keys, long readAt) {
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - readAt > age.toNanos();
        }
    }

    /** Throws a {@link Problem} if the provider has not signed this, for us, just now. */
    void signedOut(String logoutToken) {
        Provider provider = providers.current().orElseThrow(() -> refusal("There is no identity provider."));
        if (!room.tryAcquire()) {
            throw Problem.rateLimited(
                    "Too many people sign out at this moment. Send this again in a few seconds.",
                    Duration.ofSeconds(5));
        }
        try {
            end(provider, claims(provider, logoutToken));
        } catch (InvalidJwtException | MalformedClaimException notTheirs) {
            // Anybody can send a token, so that nothing of it is written down.
            LOG.infof("A logout token was refused: %s", reasons(notTheirs));
            throw refusal("This logout token is not valid here.");
        } catch (IOException failure) {
            throw Problem.unavailable("The provider's keys cannot be read.", Duration.ofSeconds(10));
        } finally {
            room.release();
        }
    }

    private JwtClaims claims(Provider provider, String logoutToken) throws InvalidJwtException, IOException {
        Known before = known.get();
        if (before == null || !before.revision().equals(provider.revision()) || before.isOlderThan(KEPT)) {
            return claims(provider, read(provider), logoutToken);
        }
        try {
            return claims(provider, before, logoutToken);
        } catch (InvalidJwtException refused) {
            // It may have another key since.
            if (refused.getCause() instanceof UnresolvableKeyException && before.isOlderThan(READ_ANEW_AFTER)) {
                return claims(provider, read(provider), logoutToken);
            }
            throw refused;
        }
    }

    private Known read(Provider provider) throws IOException {
        Discovery.Published published = discovery.read(provider.issuer());
        Known read = new Known(provider.revision(), published.issuer(), discovery.keys(published), System.nanoTime());
        known.set(read);
        return read;
    }

    private static JwtClaims claims(Provider provider, Known published, String logoutToken) throws InvalidJwtException {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(published.keys().getJsonWebKeys()))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT,
                        "RS256",
                        "RS384",
                        "RS512",
                        "PS256",
                        "PS384",
                        "PS512",
                        "ES256",
                        "ES384",
                        "ES512",
                        "EdDSA"))
                .setExpectedIssuer(published.issuer())
                .setExpectedAudience(provider.settings().clientId())
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(CLOCKS_DIFFER, OLDEST + CLOCKS_DIFFER)
                .setAllowedClockSkewInSeconds(CLOCKS_DIFFER)
                .build()
                .processToClaims(logoutToken);
    }

    private void end(Provider provider, JwtClaims claims) throws MalformedClaimException {
        String subject = claims.getSubject();
        String session = claims.getStringClaimValue("sid");
        boolean isLogout = claims.getClaimValue("events", Map.class) != null
                && claims.getClaimValue("events", Map.class).containsKey(EVENT)
                // What has one is an ID token, which must not do.
                && !claims.hasClaim("nonce")
                && (subject != null || session != null);
        if (!isLogout) {
            throw refusal("This is no logout token.");
        }
        int ended = sessions.end(provider.issuer(), subject, session);
        LOG.infof("%d sessions ended with one of the identity provider", ended);
    }

    /** Without the token, which anybody may have sent. */
    private static String reasons(Exception failure) {
        return failure instanceof InvalidJwtException invalid
                ? invalid.getErrorDetails().stream()
                        .map(detail -> Integer.toString(detail.getErrorCode()))
                        .collect(Collectors.joining(", ", "jose4j's codes ", ""))
                : "a claim is malformed";
    }

    private static Problem refusal(String why) {
        return new Problem(ProblemCode.MALFORMED_REQUEST, why);
    }
}
