package io.replyloop.platform;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The token of a program, as a request carries it. Only what begins as ours do counts as one: a proxy may send a bearer
 * token of its own along with each request of a signed-in person.
 */
public final class BearerToken {
    /** By which scanners for secrets, and people, recognise one. */
    public static final String PREFIX = "replyloop_";

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    public static Optional<String> of(HttpServerRequest request) {
        return of(request.getHeader("Authorization"));
    }

    /** @param authorization the header; null where there is none */
    static Optional<String> of(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> token.startsWith(PREFIX));
    }
}
