package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.ReadableName;
import io.replyloop.platform.StorableText;
import io.replyloop.site.CustomerRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;

/**
 * Verifies the JWT with which a site's server states who is signed in there: HS256 with the site's secret (the bytes of
 * the text that the admin copied). {@code sub} and a near {@code exp} are required; {@code iat}, {@code name},
 * {@code email} and {@code attributes} are optional. An {@code aud} must be the site's key, so that tokens made for
 * others are not accepted.
 */
@ApplicationScoped
public class SiteVouchers {
    static final String ATTRIBUTES = "attributes";

    /** Shorter than a token of ours, which says the same and a little more. */
    static final int LONGEST = 4_096;

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_CLAIM = 254;
    /** Tolerance between the clocks of the site's server and this one. */
    private static final int CLOCK_SKEW_SECONDS = 5;

    private final Duration longest;

    SiteVouchers(IdentityConfig config) {
        this.longest = config.customerToken().longestIdentity();
    }

    /** @param end the latest expiry of a token issued on the basis of this one */
    CustomerPass verify(UUID site, CustomerRules rules, String voucher, Instant end) {
        if (voucher.length() > LONGEST) {
            throw SignedTokens.invalid("The identity token is too long.");
        }
        if (rules.secrets().isEmpty()) {
            throw SignedTokens.invalid(
                    "This site has no identity secret. An admin makes one under Sites, for the site's server.");
        }
        InvalidJwtException refused = null;
        for (CustomerRules.Secret secret : rules.secrets()) {
            try {
                JwtClaims claims = consumer(rules, secret).build().processToClaims(voucher);
                boolean endsBefore = secret.until() != null && secret.until().isBefore(end);
                return new CustomerPass(
                        customer(site, rules, claims),
                        rules.now(),
                        endsBefore ? secret.until() : end,
                        secret.number(),
                        attributes(claims));
            } catch (InvalidJwtException failure) {
                // Report the error found with the secret that signed the token, or with the newest secret.
                refused = refused == null || !failure.hasErrorCode(ErrorCodes.SIGNATURE_INVALID) ? failure : refused;
            } catch (MalformedClaimException failure) {
                throw SignedTokens.invalid("`sub`, `name` and `email` of the identity token are texts.");
            }
        }
        throw problem(refused);
    }

    private JwtConsumerBuilder consumer(CustomerRules rules, CustomerRules.Secret secret) {
        JwtConsumerBuilder builder = SignedTokens.strict()
                .setVerificationKey(new HmacKey(secret.bytes()))
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setMaxFutureValidityInMinutes((int) longest.toMinutes());
        return rules.audienceChecked()
                ? builder.setExpectedAudience(false, rules.key())
                : builder.setSkipDefaultAudienceValidation();
    }

    private static CustomerIdentity customer(UUID site, CustomerRules rules, JwtClaims claims)
            throws MalformedClaimException {
        String subject = claims.getSubject();
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw SignedTokens.invalid("`sub` of the identity token has 1 to " + LONGEST_SUBJECT + " characters.");
        }
        requireText(subject);
        NumericDate issuedAt = claims.getIssuedAt();
        if (issuedAt != null
                && rules.notBefore() != null
                && issuedAt.getValue() < rules.notBefore().getEpochSecond()) {
            throw expired("The site has ended all tokens of that time. The site's server makes a new one.");
        }
        return new CustomerIdentity(
                idOf(site, subject),
                site,
                shortened(claims.getStringClaimValue("name")),
                shortened(claims.getStringClaimValue("email")),
                subject);
    }

    /** None where it says nothing. */
    static Map<String, Object> attributes(JwtClaims claims) {
        Object said = claims.getClaimValue(ATTRIBUTES);
        if (said == null) {
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        if (!(said instanceof Map) || !CustomerAttributes.fit(values)) {
            throw SignedTokens.invalid("`attributes` of the identity token is " + CustomerAttributes.RULE + ".");
        }
        return values;
    }

    private Problem problem(InvalidJwtException refused) {
        if (refused.hasExpired()) {
            return expired("The identity token has expired. The site's server makes a new one.");
        }
        if (refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)) {
            return SignedTokens.invalid("The identity token is for somebody else: its `aud` is not this site's key.");
        }
        return SignedTokens.invalid(
                "The identity token is not valid: it is signed with HS256 and this site's secret, and has `sub` and"
                        + " an `exp` at most " + longest.toHours() + " hours ahead.");
    }

    private static Problem expired(String message) {
        return new Problem(ProblemCode.TOKEN_EXPIRED, message);
    }

    /** The same person of the same site gets the same id, on every node and without a database query. */
    static UUID idOf(UUID site, String externalId) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(site.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(externalId.getBytes(StandardCharsets.UTF_8)));
            // Version 8, variant 2 of RFC 9562: a UUID with application-specific contents.
            long high = hash.getLong() & ~0xF000L | 0x8000L;
            long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static String shortened(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        requireText(text);
        String stripped = ReadableName.of(text);
        if (stripped == null || stripped.length() <= LONGEST_CLAIM) {
            return stripped;
        }
        boolean inPair = Character.isHighSurrogate(stripped.charAt(LONGEST_CLAIM - 1));
        return stripped.substring(0, inPair ? LONGEST_CLAIM - 1 : LONGEST_CLAIM);
    }

    private static void requireText(String claim) {
        if (!StorableText.is(claim)) {
            throw SignedTokens.invalid("Each claim of the identity token " + StorableText.RULE + ".");
        }
    }
}
