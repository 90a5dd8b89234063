package io.replyloop.signin;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Where a session began elsewhere, it may have to end there, too. */
public interface SignOutElsewhere {
    /**
     * To be asked before the session is closed.
     *
     * @param session its name, as in {@link SessionAuthentication#sessionOf}
     * @return the address at which the browser goes on
     */
    Optional<String> address(String session, HttpServerRequest request);
}
