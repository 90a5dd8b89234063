package io.replyloop.browser;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The application whole, with its pages and a worker for training; other tests leave both out because they take seconds. */
public class PagesProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.quinoa", "true",
                // One test works over plain http, as a team in a trusted network may.
                "replyloop.signin.secure-cookie", "false",
                // The whole job takes a real run of training.
                "replyloop.training.local-worker", "true",
                // The question is which model answers, not how quickly a busy machine does.
                "replyloop.ranking.deadline", "PT60S");
    }
}
