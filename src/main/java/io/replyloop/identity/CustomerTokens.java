package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.CustomerRules;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.ReservedClaimNames;

/**
 * A customer's credential: a JWT signed by this server. It is self-contained, so a mere page view stores nothing.
 * Customers whom a site vouches for present a second JWT, see {@link SiteVouchers}.
 */
@ApplicationScoped
public class CustomerTokens {
    static final String AUDIENCE = "replyloop-customer";

    private final SignedTokens tokens;
    private final Sites sites;
    private final SiteVouchers vouchers;
    private final CustomerAccess access;
    private final IdentityConfig.CustomerToken config;

    CustomerTokens(
            SignedTokens tokens, Sites sites, SiteVouchers vouchers, CustomerAccess access, IdentityConfig config) {
        this.tokens = tokens;
        this.sites = sites;
        this.vouchers = vouchers;
        this.access = access;
        this.config = config.customerToken();
    }

    public record IssuedToken(
            @Schema(description = "Sent in the first frame over the customers' WebSocket", required = true)
            String token,

            @Schema(description = "When the token ends", required = true)
            Instant expiresAt,

            @Schema(description = "Id of the customer", required = true)
            UUID customer) {}

    /**
     * @param renew the customer's last token, or null
     * @param voucher the site's own JWT, or null
     */
    public IssuedToken issue(String siteKey, String renew, String voucher) {
        SiteView site = sites.byKey(siteKey)
                .orElseThrow(() -> new Problem(
                        ProblemCode.NOT_FOUND, "There is no site with this key. Check the key in the widget's code."));
        CustomerRules rules = sites.customerRules(site.id()).orElseThrow(() -> Problem.notFound("site"));
        CustomerPass pass = pass(site, rules, renew, voucher);
        access.require(pass);
        return sign(pass);
    }

    private CustomerPass pass(SiteView site, CustomerRules rules, String renew, String voucher) {
        Instant end = rules.now().plus(config.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        if (voucher != null) {
            return vouchers.verify(site.id(), rules, voucher, end);
        }
        if (rules.identityRequired()) {
            throw new Problem(
                    ProblemCode.NOT_ALLOWED,
                    "This site chats with signed-in customers only. Send `identity`, the site's signed JWT.");
        }
        CustomerIdentity customer = renew == null
                ? new CustomerIdentity(UUID.randomUUID(), site.id(), null, null, null)
                : renewable(site, renew);
        return new CustomerPass(customer, rules.now(), end, 0, Map.of());
    }

    private CustomerIdentity renewable(SiteView site, String token) {
        CustomerPass old = pass(token, (int) config.renewableFor().toSeconds());
        if (!old.customer().siteId().equals(site.id())) {
            throw SignedTokens.invalid("This token was issued for another site.");
        }
        if (old.customer().vouchedFor()) {
            throw SignedTokens.invalid("The site vouches for this customer: send a new `identity` instead of `renew`.");
        }
        // Checked before the token gets a newer date, which would hide a revocation.
        access.require(old);
        return old.customer();
    }

    /**
     * The contents of a token of ours that has not expired. Whether it has been revoked is up to
     * {@link CustomerAccess}.
     */
    public CustomerPass pass(String token) {
        return pass(token, 0);
    }

    private IssuedToken sign(CustomerPass pass) {
        CustomerIdentity customer = pass.customer();
        JwtClaims claims = new JwtClaims();
        claims.setSubject(customer.id().toString());
        // With a fraction of a second; otherwise a token issued in the second in which older ones were ended would
        // count as older.
        claims.setClaim(ReservedClaimNames.ISSUED_AT, pass.issuedAt().toEpochMilli() / 1e3);
        claims.setExpirationTime(NumericDate.fromSeconds(pass.expiresAt().getEpochSecond()));
        claims.setStringClaim("site", customer.siteId().toString());
        if (customer.vouchedFor()) {
            claims.setStringClaim("external", customer.externalId());
            claims.setStringClaim("name", customer.name());
            claims.setStringClaim("email", customer.email());
            claims.setClaim("secret", pass.secret());
            claims.setClaim(SiteVouchers.ATTRIBUTES, pass.attributes());
        }
        return new IssuedToken(tokens.sign(AUDIENCE, claims), pass.expiresAt(), customer.id());
    }

    private CustomerPass pass(String token, int secondsAfterItsEnd) {
        JwtClaims claims = tokens.read(AUDIENCE, token, secondsAfterItsEnd);
        try {
            CustomerIdentity customer = new CustomerIdentity(
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.getStringClaimValue("site")),
                    claims.getStringClaimValue("name"),
                    claims.getStringClaimValue("email"),
                    claims.getStringClaimValue("external"));
            return new CustomerPass(
                    customer,
                    issuedAt(claims),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()),
                    customer.vouchedFor() ? secret(claims) : 0,
                    SiteVouchers.attributes(claims));
        } catch (MalformedClaimException | IllegalArgumentException | NullPointerException failure) {
            throw SignedTokens.invalid("This token is incomplete. Get a new one.");
        }
    }

    private static Instant issuedAt(JwtClaims claims) throws MalformedClaimException {
        Number seconds = claims.getClaimValue(ReservedClaimNames.ISSUED_AT, Number.class);
        return seconds == null ? Instant.EPOCH : Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1e3));
    }

    /** Tokens issued before secrets had numbers belong to the first one. */
    private static int secret(JwtClaims claims) throws MalformedClaimException {
        Number number = claims.getClaimValue("secret", Number.class);
        return number == null ? 1 : number.intValue();
    }
}
