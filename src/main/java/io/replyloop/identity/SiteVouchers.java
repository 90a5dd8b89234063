package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.StorableText;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;

/**
 * The JWT with which a site's own server says who is signed in there: HS256 with the site's secret (the bytes of the
 * text that the admin copied), {@code sub} and a near {@code exp} required, {@code name} and {@code email} welcome.
 */
@ApplicationScoped
public class SiteVouchers {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_CLAIM = 254;

    private final Sites sites;
    private final Duration longest;

    SiteVouchers(Sites sites, IdentityConfig config) {
        this.sites = sites;
        this.longest = config.customerToken().longestIdentity();
    }

    CustomerIdentity verify(SiteView site, String voucher) {
        if (voucher.length() > CustomerTokens.LONGEST) {
            throw CustomerTokens.invalid("The identity token is too long.");
        }
        byte[] secret = sites.identitySecret(site.id())
                .orElseThrow(() -> CustomerTokens.invalid(
                        "This site has no identity secret. An admin makes one under Sites, for the site's server."));
        try {
            JwtClaims claims = CustomerTokens.strict()
                    .setVerificationKey(new HmacKey(secret))
                    .setSkipDefaultAudienceValidation()
                    .setMaxFutureValidityInMinutes((int) longest.toMinutes())
                    .build()
                    .processToClaims(voucher);
            String subject = claims.getSubject();
            if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
                throw CustomerTokens.invalid(
                        "`sub` of the identity token has 1 to " + LONGEST_SUBJECT + " characters.");
            }
            requireText(subject);
            return new CustomerIdentity(
                    idOf(site.id(), subject),
                    site.id(),
                    shortened(claims.getStringClaimValue("name")),
                    shortened(claims.getStringClaimValue("email")),
                    subject);
        } catch (InvalidJwtException failure) {
            if (failure.hasExpired()) {
                throw new Problem(
                        ProblemCode.TOKEN_EXPIRED,
                        "The identity token has expired. The site's server makes a new one.");
            }
            throw CustomerTokens.invalid(
                    "The identity token is not valid: it is signed with HS256 and this site's secret, and has `sub` and"
                            + " an `exp` at most " + longest.toHours() + " hours ahead.");
        } catch (MalformedClaimException failure) {
            throw CustomerTokens.invalid("`sub`, `name` and `email` of the identity token are texts.");
        }
    }

    /** The same person of the same site is the same customer, on every node and without asking the database. */
    static UUID idOf(UUID site, String externalId) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(site.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(externalId.getBytes(StandardCharsets.UTF_8)));
            // Version 8, variant 2 of RFC 9562: a UUID of the application's own making.
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
        String stripped = text.strip();
        if (stripped.length() <= LONGEST_CLAIM) {
            return stripped;
        }
        boolean inPair = Character.isHighSurrogate(stripped.charAt(LONGEST_CLAIM - 1));
        return stripped.substring(0, inPair ? LONGEST_CLAIM - 1 : LONGEST_CLAIM);
    }

    private static void requireText(String claim) {
        if (!StorableText.is(claim)) {
            throw CustomerTokens.invalid("Each claim of the identity token " + StorableText.RULE + ".");
        }
    }
}
