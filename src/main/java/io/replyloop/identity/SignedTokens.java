package io.replyloop.identity;

import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * JWTs (HS256) that this server signs and only this server reads. The audience states the purpose of a token, so that
 * one kind cannot be used as another.
 */
@ApplicationScoped
public class SignedTokens {
    static final String ISSUER = "replyloop";
    /** Fits into a header of a request. */
    static final int LONGEST = 6_144;

    private final SigningKeys keys;

    SignedTokens(SigningKeys keys) {
        this.keys = keys;
    }

    public String sign(String audience, JwtClaims claims) {
        SigningKeys.Key key = keys.signing();
        claims.setIssuer(ISSUER);
        claims.setAudience(audience);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKeyIdHeaderValue(key.id().toString());
        signature.setKey(new HmacKey(key.secret()));
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException("Cannot sign a token", failure);
        }
    }

    /**
     * Returns the claims of a token; throws a {@link Problem}, token-invalid or token-expired, if it is not ours or has
     * ended.
     */
    public JwtClaims read(String audience, String token, int secondsAfterItsEnd) {
        return read(audience, token, secondsAfterItsEnd, keys::verifying);
    }

    /** Like {@link #read}, but never waits for the database: a key that this node does not know yet is refused. */
    public JwtClaims readAtOnce(String audience, String token) {
        return read(audience, token, 0, keys::verifyingAtOnce);
    }

    private static JwtClaims read(
            String audience, String token, int secondsAfterItsEnd, Function<String, Optional<SigningKeys.Key>> keys) {
        if (token == null || token.length() > LONGEST) {
            throw invalid("There is no token, or it is too long.");
        }
        VerificationKeyResolver resolver = (signature, context) -> keys.apply(signature.getKeyIdHeaderValue())
                .map(key -> new HmacKey(key.secret()))
                .orElseThrow(() -> new UnresolvableKeyException("unknown key"));
        JwtConsumer consumer = strict().setVerificationKeyResolver(resolver)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(audience)
                .setAllowedClockSkewInSeconds(secondsAfterItsEnd)
                .build();
        try {
            return consumer.processToClaims(token);
        } catch (InvalidJwtException failure) {
            if (failure.hasExpired()) {
                throw new Problem(ProblemCode.TOKEN_EXPIRED, "This token has expired. Get a new one.", failure);
            }
            if (DatabaseAway.causedBy(failure)) {
                // The key could not be looked up. Reporting the token as invalid would make the client discard it, and
                // lose the chat.
                throw new IllegalStateException("The signing keys cannot be read", failure);
            }
            throw invalid("This token is not one of this server's. Get a new one.");
        }
    }

    /** Accepts HS256 only: a token must not choose how it is verified. */
    static JwtConsumerBuilder strict() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setRequireExpirationTime()
                .setRequireSubject();
    }

    static Problem invalid(String message) {
        return new Problem(ProblemCode.TOKEN_INVALID, message);
    }
}
