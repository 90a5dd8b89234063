package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Json;
import io.replyloop.ranking.ChampionLoader;
import io.replyloop.replay.CuttingProxy;
import io.replyloop.replay.FrameProxy;
import io.replyloop.signin.Team;
import io.replyloop.training.TrainingLab;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against the running application, over real connections. */
@QuarkusTest
class ReplayTest {
    @Inject
    Team team;

    @Inject
    TrainingLab lab;

    @Inject
    ModelRegistry models;

    @Inject
    ChampionLoader loader;

    @TestHTTPResource
    URI server;

    @TempDir
    private Path folder;

    private String agent;
    private String suggestionLimit = "20";

    @BeforeEach
    void createAgent() {
        agent = team.newMember(Role.AGENT).agent().email();
    }

    private record Result(int exit, JsonNode json, String errors) {}

    private Result replay(int port, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--server", "http://localhost:" + port));
        all.addAll(List.of("--agent", agent, "--password", Team.PASSWORD));
        all.addAll(List.of("--suggestion-limit", suggestionLimit, "--seed", "3"));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int exit = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(all.toArray(String[]::new));
        return new Result(exit, Json.MAPPER.readTree(out.toString()), errors.toString());
    }

    /** Dialogues with several messages in a row, repeated texts and Chinese. */
    private Path dialogues(int count) throws IOException {
        String line = """
                {"tasks":["trip"],"events":[{"by":"customer","text":"Hello"},{"by":"customer","text":"Hello"},\
                {"by":"agent","text":"Hello","picked":"no-such-label"},{"by":"agent","text":"Where to?"},\
                {"by":"customer","text":"我要去北京。"},{"by":"agent","text":"Where to?"},{"by":"customer","text":"👍🏽"}]}
                """;
        return Files.writeString(folder.resolve("dialogues.jsonl"), line.repeat(count));
    }

    @Test
    void every_message_is_received_once_and_in_order_on_both_sides() throws IOException {
        Result result = replay(
                server.getPort(),
                "--dialogues",
                dialogues(6).toString(),
                "--concurrency",
                "3",
                "--think-time",
                "0",
                "--output",
                folder.resolve("result.json").toString());
        assertThat(result.exit()).isZero();
        JsonNode json = result.json();
        assertThat(json.path("dialogues").asInt()).isEqualTo(6);
        assertThat(json.path("verified").asInt()).isEqualTo(6);
        assertThat(json.path("sent").asInt()).isEqualTo(42);
        assertThat(json.path("acknowledged").asInt()).isEqualTo(42);
        assertThat(json.path("unknownPicks").asInt()).isEqualTo(6);
        for (String count : List.of("lost", "duplicated", "outOfOrder", "reconnects", "refused", "failedDialogues")) {
            assertThat(json.path(count).asInt()).as(count).isZero();
        }
        assertThat(json.path("millis").path("acknowledgement").path("count").asInt())
                .isEqualTo(42);
        assertThat(Json.MAPPER.readTree(folder.resolve("result.json").toFile())).isEqualTo(json);
    }

    @Test
    void repeated_network_failures_lose_nothing() throws IOException {
        try (CuttingProxy network = new CuttingProxy(server.getPort(), 12_000, 3)) {
            Result result = replay(
                    network.port(),
                    "--dialogues",
                    dialogues(6).toString(),
                    "--concurrency",
                    "6",
                    "--think-time",
                    "0-50");
            assertThat(network.cutsLeft()).isZero();
            assertThat(result.exit()).as(result.errors()).isZero();
            assertThat(result.json().path("verified").asInt()).isEqualTo(6);
            assertThat(result.json().path("acknowledged").asInt()).isEqualTo(42);
            assertThat(result.json().path("reconnects").asInt()).isPositive();
        }
    }

    private Result replayOneDialogue(Function<String, List<String>> frames) throws IOException {
        try (FrameProxy network = new FrameProxy(server.getPort(), frames)) {
            return replay(network.port(), "--dialogues", dialogues(1).toString(), "--think-time", "0");
        }
    }

    @Test
    void a_duplicated_message_is_counted_and_sets_the_exit_code() throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        Result result =
                replayOneDialogue(frame -> frame.contains("\"type\":\"event\"") && done.compareAndSet(false, true)
                        ? List.of(frame, frame)
                        : List.of(frame));
        assertThat(result.exit()).as(result.errors()).isEqualTo(1);
        assertThat(result.json().path("duplicated").asInt()).isEqualTo(1);
        assertThat(result.json().path("lost").asInt()).isZero();
        assertThat(result.json().path("verified").asInt()).isEqualTo(1);
    }

    @Test
    void a_lost_message_is_counted_and_sets_the_exit_code() throws IOException {
        // The event itself is received; otherwise both sides would request it again and wait.
        Result result = replayOneDialogue(frame ->
                List.of(frame.contains("👍🏽") ? frame.replace("\"kind\":\"message\"", "\"kind\":\"status\"") : frame));
        assertThat(result.exit()).as(result.errors()).isEqualTo(1);
        assertThat(result.json().path("lost").asInt()).isEqualTo(1);
        assertThat(result.json().path("duplicated").asInt()).isZero();
        assertThat(result.json().path("failedDialogues").asInt()).isZero();
    }

    @Test
    void missing_suggestions_count_in_the_latency_with_the_time_waited() throws IOException {
        suggestionLimit = "50";
        Result result =
                replayOneDialogue(frame -> frame.contains("\"type\":\"suggestions\"") ? List.of() : List.of(frame));
        assertThat(result.exit()).as(result.errors()).isZero();
        assertThat(result.json().path("withoutSuggestions").asInt()).isEqualTo(2);
        JsonNode latency = result.json().path("millis").path("suggestion");
        assertThat(latency.path("count").asInt()).isEqualTo(2);
        assertThat(latency.path("p50").asDouble()).isGreaterThanOrEqualTo(50);
    }

    /** A knowledge base with one reply, and a dialogue in which that reply is picked. */
    private record Picked(Path replies, Path dialogues) {}

    private Picked picked() throws IOException {
        String word = "zither" + UUID.randomUUID().toString().substring(0, 8);
        Path replies = Files.writeString(
                folder.resolve("replies.jsonl"),
                "{\"label\":\"tune\",\"text\":\"We tune your %1$s.\",\"task\":\"%1$s\",\"questions\":[\"Who tunes a %1$s?\"]}%n"
                        .formatted(word));
        Path dialogues = Files.writeString(
                folder.resolve("picks.jsonl"),
                ("{\"tasks\":[\"%1$s\"],\"events\":[{\"by\":\"customer\",\"text\":\"Who tunes a %1$s?\"},"
                                + "{\"by\":\"agent\",\"text\":\"We do.\",\"picked\":\"tune\"}]}")
                        .formatted(word));
        return new Picked(replies, dialogues);
    }

    private Result replayPicked(Picked picked, String... arguments) throws IOException {
        suggestionLimit = "60000";
        List<String> all = new ArrayList<>(List.of("--admin"));
        all.addAll(List.of(team.newMember(Role.ADMIN).agent().email(), "--admin-password", Team.PASSWORD));
        all.addAll(List.of("--import", picked.replies().toString()));
        all.addAll(List.of("--dialogues", picked.dialogues().toString(), "--think-time", "0"));
        all.addAll(List.of(arguments));
        return replay(server.getPort(), all.toArray(String[]::new));
    }

    @Test
    void an_imported_reply_that_is_picked_and_suggested_is_accepted() throws IOException {
        Result result = replayPicked(picked());
        assertThat(result.exit()).as(result.errors()).isZero();
        assertThat(result.json().path("picks").asInt()).isEqualTo(1);
        assertThat(result.json().path("accept3").asDouble()).isEqualTo(1);
        assertThat(result.json().path("withoutSuggestions").asInt()).isZero();
    }

    @Test
    @Timeout(120)
    void a_model_is_trained_and_promoted_before_the_second_file_is_played() throws IOException {
        ModelVersionView usual = models.champion().orElseThrow();
        lab.setUp();
        try {
            ModelVersionView champion = lab.champion();
            lab.tested(12);
            lab.conversations(24);
            CompletableFuture<Void> worker = lab.worker();
            Picked picked = picked();
            Path second = Files.copy(picked.dialogues(), folder.resolve("second.jsonl"));
            Result result = replayPicked(picked, "--then", second.toString(), "--promote");
            assertThat(result.exit()).as(result.errors()).isZero();
            worker.join();

            for (String part : List.of("before", "after")) {
                JsonNode played = result.json().path(part);
                assertThat(played.path("verified").asInt()).as(part).isEqualTo(1);
                assertThat(played.path("picks").asInt()).as(part).isEqualTo(1);
            }
            JsonNode training = result.json().path("training");
            assertThat(training.path("status").asText()).isEqualTo("succeeded");
            JsonNode dataset = training.path("dataset");
            assertThat(dataset.path("train").asInt()
                            + dataset.path("dev").asInt()
                            + dataset.path("test").asInt())
                    .isGreaterThan(8 * 5);
            assertThat(training.at("/metrics/champion/auc").isNumber()).isTrue();
            assertThat(training.at("/metrics/challenger/auc").isNumber()).isTrue();
            assertThat(training.path("promoted").asBoolean()).isTrue();
            ModelVersionView serving = models.champion().orElseThrow();
            assertThat(serving.id())
                    .isNotEqualTo(champion.id())
                    .hasToString(training.path("model").asText());
            awaitInService(serving);
        } finally {
            // A deleted model must not serve, or the suggestions of the next test could not be stored.
            models.promote(usual.id(), null);
            awaitInService(usual);
            lab.tearDown();
        }
    }

    private void awaitInService(ModelVersionView model) {
        await().until(() -> model.id().equals(loader.state().model().id()));
    }

    @Test
    void a_refused_message_is_counted_and_the_dialogue_continues() throws IOException {
        Path file = Files.writeString(
                folder.resolve("long.jsonl"),
                "{\"events\":[{\"by\":\"customer\",\"text\":\"Hello\"},{\"by\":\"customer\",\"text\":\""
                        + "x".repeat(8_001) + "\"},{\"by\":\"agent\",\"text\":\"Yes?\"}]}");
        Result result = replay(server.getPort(), "--dialogues", file.toString(), "--think-time", "0");
        assertThat(result.json().path("sent").asInt()).isEqualTo(3);
        assertThat(result.json().path("acknowledged").asInt()).isEqualTo(2);
        assertThat(result.json().path("refused").asInt()).isEqualTo(1);
        assertThat(result.json().path("lost").asInt()).isZero();
    }

    @Test
    void idle_connections_are_opened_and_counted() throws IOException {
        Result result = replay(server.getPort(), "--idle", "50", "--idle-seconds", "0");
        assertThat(result.exit()).isZero();
        assertThat(result.json().path("idle").path("connected").asInt()).isEqualTo(50);
        assertThat(result.json().path("idle").path("dropped").asInt()).isZero();
    }
}
