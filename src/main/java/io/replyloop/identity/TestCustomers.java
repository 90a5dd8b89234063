package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.CustomerRules;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Signed-in customers of the test page: a voucher as the server of the website would sign it. Each admin is one customer
 * of each website, under an id that no website gives, so nobody can be taken for a customer who exists.
 */
@ApplicationScoped
public class TestCustomers {
    private static final String SUBJECT = "replyloop-test:";

    /** Long enough for the chat to fetch its own token, which it does at once. */
    private static final Duration VALID = Duration.ofMinutes(10);

    private final Sites sites;

    TestCustomers(Sites sites) {
        this.sites = sites;
    }

    /** @param name what agents read as the customer's name */
    public String voucher(UUID site, SignedInAgent admin, String name) {
        sites.object(site);
        CustomerRules rules = sites.customerRules(site).orElseThrow(() -> Problem.notFound("site"));
        if (rules.secrets().isEmpty()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This website has no secret yet to sign with. Make one under Websites, then try again.");
        }
        JwtClaims claims = new JwtClaims();
        claims.setSubject(SUBJECT + admin.id());
        claims.setAudience(rules.key());
        claims.setStringClaim("name", name.strip());
        // By the database's clock, like the rules that it is verified by.
        claims.setIssuedAt(NumericDate.fromMilliseconds(rules.now().toEpochMilli()));
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(rules.now().plus(VALID).toEpochMilli()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(new HmacKey(rules.secrets().get(0).bytes()));
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException("Cannot sign a voucher", failure);
        }
    }
}
