package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.time.Duration;
import java.util.Set;

/**
 * Starts a training run on the server, or joins the one in progress, waits for it, and promotes its model if asked to.
 */
final class TrainingRun {
    private static final Set<String> UNFINISHED = Set.of("queued", "running");
    private static final Duration POLL = Duration.ofSeconds(2);

    private final ApiClient.Agent admin;

    TrainingRun(ApiClient.Agent admin) {
        this.admin = admin;
    }

    ObjectNode complete(boolean promote) {
        JsonNode run = awaitFinished(start());
        ObjectNode json = Json.MAPPER.createObjectNode();
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

    private String start() {
        try {
            return admin.post("/api/training/runs", "application/json", "{}")
                    .path("id")
                    .asText();
        } catch (ApiClient.RefusedException refused) {
            JsonNode runs = admin.get("/api/training/runs");
            for (JsonNode run : runs.isArray() ? runs : runs.path("items")) {
                if (refused.status() == 409
                        && UNFINISHED.contains(run.path("status").asText())) {
                    System.err.println("A run is already in progress; waiting for that one.");
                    return run.path("id").asText();
                }
            }
            throw refused;
        }
    }

    private JsonNode awaitFinished(String id) {
        int printed = -1;
        while (true) {
            JsonNode run = admin.get("/api/training/runs/" + id);
            if (!UNFINISHED.contains(run.path("status").asText())) {
                return run;
            }
            int step = run.path("step").asInt();
            if (step != printed) {
                printed = step;
                String left = run.hasNonNull("secondsLeft")
                        ? ", about "
                                + Progress.formatted(run.path("secondsLeft").asDouble()) + " left"
                        : "";
                System.err.printf(
                        "training: %s, step %d of %d%s%n",
                        run.path("status").asText(), step, run.path("steps").asInt(), left);
            }
            ApiClient.pause(POLL);
        }
    }
}
