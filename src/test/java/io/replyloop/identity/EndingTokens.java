package io.replyloop.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Good tokens of this server that end when a test says so; the real ones live for a day. */
@ApplicationScoped
public class EndingTokens {
    private final SigningKeys keys;

    EndingTokens(SigningKeys keys) {
        this.keys = keys;
    }

    public String endingAt(Instant end, CustomerIdentity customer) {
        SigningKeys.Key key = keys.signing();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(SignedTokens.ISSUER);
        claims.setAudience(CustomerTokens.AUDIENCE);
        claims.setSubject(customer.id().toString());
        claims.setStringClaim("site", customer.siteId().toString());
        claims.setExpirationTime(NumericDate.fromSeconds(end.getEpochSecond()));
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
}
