package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.signin.Team;
import io.replyloop.training.worker.WorkerStore;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class ModelFilesResourceTest {
    @Inject
    TrainingLab lab;

    @Inject
    TrainingService training;

    @Inject
    ModelRegistry models;

    @Inject
    Team team;

    @Inject
    ApplicationFolder files;

    private ModelVersionView champion;
    private Team.Member admin;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        admin = team.newMember(Role.ADMIN);
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void the_archive_is_a_directory_that_scores_alike(@TempDir Path folder) throws IOException {
        byte[] archive = as(admin)
                .get("/api/models/" + champion.id() + "/download")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .header("Content-Disposition", containsString("replyloop-model-" + champion.number() + ".zip"))
                .extract()
                .asByteArray();

        unpack(archive, folder);

        assertThat(folder.resolve("README.md")).content().contains("# Replyloop model " + champion.number());
        assertThat(logit(folder)).isEqualTo(logit(champion.directory()));
    }

    @Test
    void the_card_says_what_a_model_was_made_from_and_how_it_did() {
        UUID made = trained();

        String card = as(admin)
                .get("/api/models/" + made + "/card")
                .then()
                .statusCode(200)
                .contentType(containsString("text/markdown"))
                .extract()
                .asString();

        assertThat(card)
                .contains("(training, ", " ← model " + champion.number() + " (import, ")
                .contains("| examples to learn from | ")
                .contains("SHA-256 `")
                .contains("It is better.")
                .contains("| settings that differ from the defaults | none |")
                .contains("| the right reply comes first (`acceptAt1`) | 0.500 | 0.600 | +0.020 to +0.180 |")
                .contains("## Limits")
                .doesNotContain("erased");
    }

    @Test
    void a_damaged_model_is_not_given_out() throws IOException {
        Files.writeString(champion.directory().resolve("config.json"), "{}");

        as(admin)
                .get("/api/models/" + champion.id() + "/download")
                .then()
                .statusCode(422)
                .body("code", equalTo("model-damaged"));
    }

    @Test
    void so_many_are_sent_at_once_from_disk_and_further_ones_told_when_to_come_again() throws IOException {
        Path folder = files.folder("model-downloads");
        String address = "/api/models/" + champion.id() + "/download";
        as(admin).get(address).then().statusCode(200);
        await().until(() -> list(folder).isEmpty());
        List<Path> beingSent = new ArrayList<>();
        for (int i = 0; i < ModelDownloads.AT_ONCE; i++) {
            beingSent.add(Files.createTempFile(folder, "answer-", ""));
        }

        as(admin)
                .get(address)
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("30"))
                .body("code", equalTo("rate-limited"));
        assertThat(list(folder)).containsExactlyInAnyOrderElementsOf(beingSent);

        for (Path sent : beingSent) {
            Files.delete(sent);
        }
        as(admin).get(address).then().statusCode(200);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void admins_alone_take_models_elsewhere() {
        Team.Member agent = team.newMember(Role.AGENT);
        for (String file : List.of("card", "download")) {
            String address = "/api/models/" + champion.id() + "/" + file;
            as(agent).get(address).then().statusCode(403);
            nobody().get(address).then().statusCode(401);
            as(admin)
                    .get("/api/models/" + UUID.randomUUID() + "/" + file)
                    .then()
                    .statusCode(404);
        }
    }

    private UUID trained() {
        lab.conversations(10);
        TrainingRunView run = training.start(TrainingService.MANUAL, null, null, true);
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        metrics.putObject("verdictText").put("en", "It is better.");
        metrics.putObject("gate")
                .putArray("figures")
                .addObject()
                .put("name", "acceptAt1")
                .put("champion", 0.5)
                .put("challenger", 0.6)
                .put("low", 0.02)
                .put("high", 0.18);
        try (WorkerStore store = lab.store()) {
            RunQueue.Claim claim = store.claim("lab-" + run.id(), run.id()).orElseThrow();
            store.succeed(claim, UUID.randomUUID(), lab.installed(), metrics, metrics, List.of());
        }
        return training.run(run.id()).resultModel();
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, folder.resolve(entry.getName()));
            }
        }
    }

    private static float logit(Path directory) {
        try (CrossEncoder model = CrossEncoder.open(directory, new CrossEncoderOptions(Precision.FP32, "auto", 0, 1))) {
            return model.logits(List.of(model.pair(model.tokenize("Where is it?"), model.tokenize("On its way."))))
                    .get(0)[1];
        }
    }
}
