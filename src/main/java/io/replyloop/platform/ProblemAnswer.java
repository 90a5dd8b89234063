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
        try {
            context.response()
                    .setStatusCode(code.status())
                    .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
                    .end(json.writeValueAsString(ProblemDocument.of(code, detail)));
        } catch (JsonProcessingException failure) {
            context.fail(failure);
        }
    }
}
