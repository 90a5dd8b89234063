package io.replyloop.browser;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The application with its pages, which other tests leave out because building them takes seconds. */
public class PagesProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.quinoa", "true");
    }
}
