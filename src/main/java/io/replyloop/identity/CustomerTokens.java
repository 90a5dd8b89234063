package io.replyloop.identity;

import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * What a customer shows instead of a password: a JWT (HS256) that this server signed. It stands for itself, so a mere
 * page view stores nothing. Vouched customers come with a second JWT, from {@link SiteVouchers}.
 */
@ApplicationScoped
public class CustomerTokens {
    static final String ISSUER = "replyloop";
    static final String AUDIENCE = "replyloop-customer";
    static final int LONGEST = 4_096;

    private final SigningKeys keys;
    private final Sites sites;
    private final SiteVouchers vouchers;
    private final IdentityConfig.CustomerToken config;

    CustomerTokens(SigningKeys keys, Sites sites, SiteVouchers vouchers, IdentityConfig config) {
        this.keys = keys;
        this.sites = sites;
        this.vouchers = vouchers;
        this.config = config.customerToken();
    }

    public record IssuedToken(
            @Schema(description = "Sent in the first frame over the customers' WebSocket", required = true)
            String token,

            @Schema(description = "When the token ends", required = true)
            Instant expiresAt,

            @Schema(description = "Id of the customer", required = true)
            UUID customer) {}

    /** @param renew the customer's last token or null; @param voucher the site's own JWT or null */
    public IssuedToken issue(String siteKey, String renew, String voucher) {
        SiteView site = sites.byKey(siteKey)
                .orElseThrow(() -> new Problem(
                        ProblemCode.NOT_FOUND, "There is no site with this key. Check the key in the widget's code."));
        return sign(customer(site, renew, voucher));
    }

    private CustomerIdentity customer(SiteView site, String renew, String voucher) {
        if (voucher != null) {
            return vouchers.verify(site, voucher);
        }
        if (site.identityRequired()) {
            throw new Problem(
                    ProblemCode.NOT_ALLOWED,
                    "This site chats with signed-in customers only. Send `identity`, the site's signed JWT.");
        }
        if (renew == null) {
            return new CustomerIdentity(UUID.randomUUID(), site.id(), null, null, null);
        }
        CustomerIdentity old = read(renew, (int) config.renewableFor().toSeconds());
        if (!old.siteId().equals(site.id())) {
            throw invalid("This token was issued for another site.");
        }
        if (old.vouchedFor()) {
            throw invalid("The site vouches for this customer: send a new `identity` instead of `renew`.");
        }
        return old;
    }

    /** Who shows this token; a {@link Problem} with token-invalid or token-expired otherwise. */
    public CustomerIdentity verify(String token) {
        return read(token, 0);
    }

    private IssuedToken sign(CustomerIdentity customer) {
        SigningKeys.Key key = keys.signing();
        Instant expiresAt = Instant.now().plus(config.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(customer.id().toString());
        claims.setIssuedAtToNow();
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setStringClaim("site", customer.siteId().toString());
        if (customer.vouchedFor()) {
            claims.setStringClaim("external", customer.externalId());
            claims.setStringClaim("name", customer.name());
            claims.setStringClaim("email", customer.email());
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKeyIdHeaderValue(key.id().toString());
        signature.setKey(new HmacKey(key.secret()));
        signature.setPayload(claims.toJson());
        try {
            return new IssuedToken(signature.getCompactSerialization(), expiresAt, customer.id());
        } catch (JoseException failure) {
            throw new IllegalStateException("Cannot sign a customer token", failure);
        }
    }

    private CustomerIdentity read(String token, int secondsAfterItsEnd) {
        if (token == null || token.length() > LONGEST) {
            throw invalid("There is no token, or it is too long.");
        }
        VerificationKeyResolver resolver = (signature, context) -> keys.verifying(signature.getKeyIdHeaderValue())
                .map(key -> new HmacKey(key.secret()))
                .orElseThrow(() -> new UnresolvableKeyException("unknown key"));
        JwtConsumer consumer = strict().setVerificationKeyResolver(resolver)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setAllowedClockSkewInSeconds(secondsAfterItsEnd)
                .build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            return new CustomerIdentity(
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.getStringClaimValue("site")),
                    claims.getStringClaimValue("name"),
                    claims.getStringClaimValue("email"),
                    claims.getStringClaimValue("external"));
        } catch (InvalidJwtException failure) {
            if (failure.hasExpired()) {
                throw new Problem(ProblemCode.TOKEN_EXPIRED, "This token has expired. Get a new one.", failure);
            }
            if (DatabaseAway.causedBy(failure)) {
                // The key could not be looked up. Called invalid, a good token would be thrown away, and with it the
                // chat.
                throw new IllegalStateException("The signing keys cannot be read", failure);
            }
            throw invalid("This token is not one of this server's. Get a new one.");
        } catch (MalformedClaimException | IllegalArgumentException | NullPointerException failure) {
            throw invalid("This token is incomplete. Get a new one.");
        }
    }

    /** HS256 and nothing else: a token cannot choose how it is checked. */
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
