package io.replyloop.platform;

import io.vertx.core.http.HttpServerRequest;

/** An endpoint with a limit that is checked before the body of a request is read. */
public interface LimitedBeforeBody {
    /** Called on an event loop, so it must not block; throws a {@link Problem} if the limit is reached. */
    void admit(HttpServerRequest request);
}
