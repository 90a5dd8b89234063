package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * What a customer shows instead of a password: a JWT that this server signed. It stands for itself, so a mere
 * page view stores nothing. Vouched customers come with a second JWT, from {@link SiteVouchers}.
 */
@ApplicationScoped
public class CustomerTokens {
    static final String AUDIENCE = "replyloop-customer";

    private final SignedTokens tokens;
    private final Sites sites;
    private final SiteVouchers vouchers;
    private final IdentityConfig.CustomerToken config;

    CustomerTokens(SignedTokens tokens, Sites sites, SiteVouchers vouchers, IdentityConfig config) {
        this.tokens = tokens;
        this.sites = sites;
        this.vouchers = vouchers;
        this.config = config.customerToken();
    }

    public record IssuedToken(String token, Instant expiresAt, UUID customer) {}

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
            throw SignedTokens.invalid("This token was issued for another site.");
        }
        if (old.vouchedFor()) {
            throw SignedTokens.invalid("The site vouches for this customer: send a new `identity` instead of `renew`.");
        }
        return old;
    }

    /** Who shows this token; a {@link Problem} with token-invalid or token-expired otherwise. */
    public CustomerIdentity verify(String token) {
        return read(token, 0);
    }

    private IssuedToken sign(CustomerIdentity customer) {
        Instant expiresAt = Instant.now().plus(config.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        JwtClaims claims = new JwtClaims();
        claims.setSubject(customer.id().toString());
        claims.setIssuedAtToNow();
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setStringClaim("site", customer.siteId().toString());
        if (customer.vouchedFor()) {
            claims.setStringClaim("external", customer.externalId());
            claims.setStringClaim("name", customer.name());
            claims.setStringClaim("email", customer.email());
        }
        return new IssuedToken(tokens.sign(AUDIENCE, claims), expiresAt, customer.id());
    }

    private CustomerIdentity read(String token, int secondsAfterItsEnd) {
        JwtClaims claims = tokens.read(AUDIENCE, token, secondsAfterItsEnd);
        try {
            return new CustomerIdentity(
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.getStringClaimValue("site")),
                    claims.getStringClaimValue("name"),
                    claims.getStringClaimValue("email"),
                    claims.getStringClaimValue("external"));
        } catch (MalformedClaimException | IllegalArgumentException | NullPointerException failure) {
            throw SignedTokens.invalid("This token is incomplete. Get a new one.");
        }
    }
}
