package io.replyloop.signin;

import io.replyloop.identity.SignedTokens;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Browsers in which an account's owner has signed in before. Each shows a token of this server for this one account,
 * which opens nothing: it only says that its attempts are not those of a stranger.
 */
@ApplicationScoped
class KnownDevices {
    private static final String AUDIENCE = "replyloop-device";
    private static final String COOKIE = "replyloop_device_";

    private final SignedTokens tokens;
    private final SignInConfig config;

    KnownDevices(SignedTokens tokens, SignInConfig config) {
        this.tokens = tokens;
        this.config = config;
    }

    /** One for each account, since several people may use one browser. */
    static String cookieOf(String email) {
        return COOKIE + accountOf(email).substring(0, 16);
    }

    /** The device that shows this token, if it is one of this account's. */
    Optional<UUID> find(String email, String token) {
        if (token == null) {
            return Optional.empty();
        }
        try {
            JwtClaims claims = tokens.read(AUDIENCE, token, 0);
            return accountOf(email).equals(claims.getSubject())
                    ? Optional.of(UUID.fromString(claims.getJwtId()))
                    : Optional.empty();
        } catch (Problem | MalformedClaimException | IllegalArgumentException | NullPointerException notOurs) {
            return Optional.empty();
        }
    }

    String token(String email, UUID device) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(accountOf(email));
        claims.setJwtId(device.toString());
        claims.setIssuedAtToNow();
        NumericDate end = NumericDate.now();
        end.addSeconds(config.deviceRemembered().toSeconds());
        claims.setExpirationTime(end);
        return tokens.sign(AUDIENCE, claims);
    }

    private static String accountOf(String email) {
        return HexFormat.of().formatHex(SignInAttempt.hash(email));
    }
}
