package io.replyloop.platform;

import io.vertx.core.http.HttpServerRequest;

/** An endpoint with a limit that counts before the body of a request is read. */
public interface LimitedBeforeBody {
    /** Called on an event loop, so it may not wait; throws a {@link Problem} when the limit is reached. */
    void admit(HttpServerRequest request);
}
