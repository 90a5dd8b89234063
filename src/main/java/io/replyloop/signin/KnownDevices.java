package io.replyloop.signin;

import io.replyloop.identity.SignedTokens;
import io.replyloop.platform.Problem;
import io.vertx.core.http.Cookie;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Browsers in which the owner of an account has signed in before. Each has a token of this server for that one account,
 * which grants no access: it only shows that its attempts are not a stranger's.
 */
@ApplicationScoped
class KnownDevices {
    private static final String AUDIENCE = "replyloop-device";
    private static final String COOKIE = "replyloop_device_";

    /** Each one costs a signature check, even if a stranger made it up. */
    private static final int MOST_COOKIES = 4;

    private final SignedTokens tokens;
    private final SignInConfig config;

    KnownDevices(SignedTokens tokens, SignInConfig config) {
        this.tokens = tokens;
        this.config = config;
    }

    /** One cookie per account, because several people may share a browser. */
    static String cookieOf(String email) {
        return COOKIE + accountOf(email).substring(0, 16);
    }

    /**
     * The device, if any of the cookies shows that some account knows this browser; the account in question is named
     * only in the body. Does not wait for the database.
     */
    Optional<String> atOnce(Set<Cookie> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.getName().startsWith(COOKIE))
                .limit(MOST_COOKIES)
                .flatMap(cookie -> {
                    try {
                        JwtClaims claims = tokens.readAtOnce(AUDIENCE, cookie.getValue());
                        return Stream.ofNullable(claims.getJwtId());
                    } catch (Problem | MalformedClaimException notOurs) {
                        return Stream.empty();
                    }
                })
                .findFirst();
    }

    /** The device with this token, if it is known to this account. */
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
