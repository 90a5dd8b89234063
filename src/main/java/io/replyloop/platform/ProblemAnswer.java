package io.replyloop.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Responds with a problem outside REST endpoints. */
@ApplicationScoped
public class ProblemAnswer {
    private final ObjectMapper json;

    ProblemAnswer(ObjectMapper json) {
        this.json = json;
    }

    public void send(RoutingContext context, ProblemCode code, String detail) {
        send(context, ProblemDocument.of(code, detail));
    }

    /** One of which whoever asks is told, and the log is not. */
    public void send(RoutingContext context, Problem problem) {
        ProblemDocument document = ProblemDocument.of(problem.code(), problem.getMessage());
        if (problem.retryAfter() == null) {
            send(context, document);
        } else {
            context.response().putHeader("Retry-After", Long.toString(problem.retryAfterSeconds()));
            send(context, document.withRetryAfter(problem.retryAfter().toMillis()));
        }
    }

    private void send(RoutingContext context, ProblemDocument document) {
        try {
            context.response()
                    .setStatusCode(document.status())
                    .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
                    .end(json.writeValueAsString(document));
        } catch (JsonProcessingException failure) {
            context.fail(failure);
        }
    }
}
