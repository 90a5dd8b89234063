package io.replyloop.platform;

import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalLong;

/** An endpoint with limits that are checked before the body of a request is read. */
public interface LimitedBeforeBody {
    /** Called on an event loop, so it must not block; throws a {@link Problem} if the limit is reached. */
    void admit(HttpServerRequest request);

    /**
     * Maximum size of the files that the endpoint takes, where that is not the usual one. Many of them may come at once, so
     * they are kept on disk while they do.
     */
    default OptionalLong longestFile() {
        return OptionalLong.empty();
    }
}
