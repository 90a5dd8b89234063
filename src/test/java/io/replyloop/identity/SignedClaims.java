package io.replyloop.identity;

import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Tokens and vouchers as tests want them, good ones and bad ones. */
public final class SignedClaims {
    private SignedClaims() {}

    public static String sign(Map<String, Object> claims, byte[] secret, String algorithm, String keyId)
            throws JoseException {
        JwtClaims all = new JwtClaims();
        claims.forEach(all::setClaim);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(all.toJson());
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(algorithm.equals(AlgorithmIdentifiers.NONE) ? null : new HmacKey(secret));
        return signature.getCompactSerialization();
    }
}
