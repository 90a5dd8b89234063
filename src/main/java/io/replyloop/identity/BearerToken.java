package io.replyloop.identity;

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
        String sent = request.getHeader("Authorization");
        if (sent == null || !sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(sent.substring(SCHEME.length()).strip()).filter(token -> token.startsWith(PREFIX));
    }
}
