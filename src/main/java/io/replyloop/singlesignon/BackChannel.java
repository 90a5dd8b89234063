package io.replyloop.singlesignon;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/** What the provider says when somebody has signed out there (OpenID Connect Back-Channel Logout 1.0). */
@ApplicationScoped
class BackChannel {
    private static final Logger LOG = Logger.getLogger(BackChannel.class);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** In seconds. An older token says nothing about sessions that have begun since. */
    private static final int OLDEST = 120;

    private static final int CLOCKS_DIFFER = 60;

    private final Providers providers;
    private final Discovery discovery;
    private final ProvidedSessions sessions;

    BackChannel(Providers providers, Discovery discovery, ProvidedSessions sessions) {
        this.providers = providers;
        this.discovery = discovery;
        this.sessions = sessions;
    }

    /** Throws a {@link Problem} if the provider has not signed this, for us, just now. */
    void signedOut(String logoutToken) {
        Provider provider = providers.current().orElseThrow(() -> refusal("There is no identity provider."));
        try {
            Discovery.Published published = discovery.read(provider.issuer());
            JwtClaims claims = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(
                            discovery.keys(published).getJsonWebKeys()))
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
                    .setIssuedAtRestrictions(CLOCKS_DIFFER, OLDEST + CLOCKS_DIFFER)
                    .setAllowedClockSkewInSeconds(CLOCKS_DIFFER)
                    .build()
                    .processToClaims(logoutToken);
            end(provider, claims);
        } catch (InvalidJwtException | MalformedClaimException notTheirs) {
            LOG.infof("A logout token was refused: %s", reasons(notTheirs));
            throw refusal("This logout token is not valid here.");
        } catch (IOException failure) {
            throw Problem.unavailable("The provider's keys cannot be read.", Duration.ofSeconds(10));
        }
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
