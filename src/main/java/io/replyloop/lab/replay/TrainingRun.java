package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;

/** Has the server train on what it has recorded, or follows the run that is under way, and promotes the result. */
final class TrainingRun {
    private static final Set<String> UNFINISHED = Set.of("queued", "running");
    private static final Duration POLL = Duration.ofSeconds(2);

    private final ApiClient.Agent admin;

    TrainingRun(ApiClient.Agent admin) {
        this.admin = admin;
    }

    ObjectNode follow(boolean promote) {
        JsonNode run = finished(begin());
        ObjectNode json = JsonLines.JSON.createObjectNode();
        json.put("number", run.path("number").asLong());
        json.put("status", run.path("status").asText());
        json.set("dataset", run.path("dataset"));
        json.set("metrics", run.path("metrics"));
        if (!run.path("status").asText().equals("succeeded")) {
            throw new ReplayException("The training run ended as "
                    + run.path("status").asText() + ": " + run.path("error").asText("no reason given"));
        }
        JsonNode result = run.path("resultModel");
        String model = result.isObject() ? result.path("id").asText() : result.asText();
        json.put("model", model);
        if (promote) {
            admin.post("/api/models/" + model + "/promote", "application/json", "{}");
        }
        return json.put("promoted", promote);
    }

    private String begin() {
        try {
            return admin.post("/api/training/runs", "application/json", "{}")
                    .path("id")
                    .asText();
        } catch (ApiClient.RefusedException refused) {
            JsonNode runs = admin.get("/api/training/runs");
            for (JsonNode run : runs.isArray() ? runs : runs.path("items")) {
                if (refused.status() == 409
                        && UNFINISHED.contains(run.path("status").asText())) {
                    System.err.println("A run is under way; following that one.");
                    return run.path("id").asText();
                }
            }
            throw refused;
        }
    }

    private JsonNode finished(String id) {
        int said = -1;
        while (true) {
            JsonNode run = admin.get("/api/training/runs/" + id);
            if (!UNFINISHED.contains(run.path("status").asText())) {
                return run;
            }
            int step = run.path("step").asInt();
            if (step != said) {
                said = step;
                String left = run.hasNonNull("secondsLeft")
                        ? ", about " + Progress.spoken(run.path("secondsLeft").asDouble()) + " left"
                        : "";
                System.err.printf(
                        "training: %s, step %d of %d%s%n",
                        run.path("status").asText(), step, run.path("steps").asInt(), left);
            }
            ApiClient.pause(POLL);
        }
    }
}
