package io.replyloop.signin;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a session began elsewhere, it may have to end there, too. */
public interface SignOutElsewhere {
    /**
     * To be called before the session is closed, and asked afterwards: whoever knows the address may be slow.
     *
     * @param session its name, as in {@link SessionAuthentication#sessionOf}
     * @return the address at which the browser goes on
     */
    Supplier<Optional<String>> address(String session, HttpServerRequest request);
}
