package io.replyloop.model;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.training.TrainingLab;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelUploadTest {
    @Inject
    TrainingLab lab;

    @Inject
    ModelRegistry models;

    @Inject
    ModelUploads uploads;

    @Inject
    Team team;

    private Team.Member admin;
    private Team.Member agent;

    @BeforeEach
    void setUp() {
        lab.setUp();
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void what_was_downloaded_and_is_uploaded_scores_alike_and_says_where_it_is_from() {
        ModelVersionView champion = lab.champion();
        byte[] archive = as(admin)
                .get("/api/models/" + champion.id() + "/download")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();

        Response made = uploaded("C:\\models\\mine.zip", archive);

        made.then()
                .statusCode(200)
                .body("origin", equalTo("upload"))
                .body("uploadedFile", equalTo("mine.zip"))
                .body("uploadedBy", equalTo(admin.agent().id().toString()))
                .body("archiveSha256.length()", equalTo(64))
                .body("serving", equalTo(false))
                .body("learnedFromErased", equalTo(false));
        ModelVersionView copy = models.verified(UUID.fromString(made.path("id")));
        assertThat(logit(copy.directory())).isEqualTo(logit(champion.directory()));
        as(admin)
                .get("/api/models/" + copy.id() + "/card")
                .then()
                .body(containsString("# Replyloop model " + champion.number()));
        as(admin).post("/api/models/" + copy.id() + "/promote").then().statusCode(200);
        assertThat(models.championId()).contains(copy.id());
        assertThat(staged()).isEmpty();
    }

    @Test
    void one_without_a_card_gets_ours_with_its_lineage_and_the_same_files_are_refused_twice() {
        byte[] archive = Archives.tar(Archives.within("reranker", Archives.checkpoint("bert-2labels")), null);
        Response made = uploaded("reranker.tar.gz", archive);
        made.then().statusCode(200);

        as(admin)
                .get("/api/models/" + made.path("id") + "/card")
                .then()
                .body(containsString("uploaded from `reranker.tar.gz`, SHA-256 `" + made.path("archiveSha256")));
        uploaded("again.zip", Archives.zip(Archives.checkpoint("bert-2labels")))
                .then()
                .statusCode(422)
                .body("code", equalTo("model-refused"))
                .body("detail", containsString("model " + made.path("number") + " already"));
    }

    @Test
    void parts_come_in_order_and_a_file_is_checked_only_when_it_is_whole() {
        byte[] archive = Archives.zip(Archives.checkpoint("bert-2labels"));
        String upload = begun("mine.zip", archive.length);
        part(upload, 0, Arrays.copyOf(archive, 1_000)).then().statusCode(200).body("received", equalTo(1_000));
        part(upload, 0, Arrays.copyOf(archive, 1_000)).then().statusCode(409);
        part(upload, 1_000, new byte[archive.length]).then().statusCode(413);
        as(admin).post(upload + "/finish").then().statusCode(409);
        part(upload, 1_000, Arrays.copyOfRange(archive, 1_000, archive.length))
                .then()
                .statusCode(200);

        String model = as(admin)
                .post(upload + "/finish")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        as(admin).post(upload + "/finish").then().statusCode(200).body("id", equalTo(model));
        as(admin).delete(upload).then().statusCode(404);
    }

    @Test
    void an_upload_that_is_given_up_leaves_nothing() {
        String upload = begun("mine.zip", 10);
        assertThat(staged()).hasSize(1);

        as(admin).delete(upload).then().statusCode(204);

        assertThat(staged()).isEmpty();
        part(upload, 0, new byte[10]).then().statusCode(404);
    }

    @Test
    void what_is_under_way_is_listed_for_all_admins() {
        String upload = begun("mine.zip", 10);
        part(upload, 0, new byte[4]).then().statusCode(200);

        as(team.newMember(Role.ADMIN))
                .get("/api/model-uploads")
                .then()
                .statusCode(200)
                .body("id", equalTo(List.of(upload.substring(upload.lastIndexOf('/') + 1))))
                .body("file", equalTo(List.of("mine.zip")))
                .body("received", equalTo(List.of(4)))
                .body("by", equalTo(List.of(admin.agent().id().toString())))
                .body("checking", equalTo(List.of(false)));
        as(admin).delete(upload).then().statusCode(204);
        as(admin).get("/api/model-uploads").then().body("id", equalTo(List.of()));
    }

    @Test
    void a_check_goes_on_when_nobody_waits_and_tells_later_how_it_ended() throws Exception {
        byte[] archive = Archives.zip(Archives.checkpoint("bert-2labels"));
        String upload = begun("mine.zip", archive.length);
        part(upload, 0, archive).then().statusCode(200);
        UUID id = UUID.fromString(upload.substring(upload.lastIndexOf('/') + 1));
        CountDownLatch another = new CountDownLatch(1);
        uploads.checks.execute(() -> awaitUninterruptibly(another));

        assertThat(uploads.finish(id, Duration.ZERO)).isEmpty();
        assertThat(uploads.finish(id, Duration.ZERO)).isEmpty();
        as(admin).get("/api/model-uploads").then().body("checking", equalTo(List.of(true)));
        List<String> more =
                Stream.generate(() -> begun("mine.zip", 10)).limit(3).toList();
        as(admin)
                .body(Map.of("file", "mine.zip", "bytes", 10))
                .post("/api/model-uploads")
                .then()
                .statusCode(409);
        another.countDown();

        UUID model = uploads.finish(id, Duration.ofMinutes(1)).orElseThrow().id();
        assertThat(uploads.finish(id, Duration.ZERO).orElseThrow().id()).isEqualTo(model);
        more.forEach(each -> as(admin).delete(each).then().statusCode(204));
    }

    @Test
    void begun_and_given_up_by_many_at_once_none_of_it_fails() {
        List<Integer> answers =
                Stream.generate(() -> CompletableFuture.supplyAsync(this::begunAndGivenUp)).limit(24).toList().stream()
                        .map(CompletableFuture::join)
                        .distinct()
                        .toList();

        assertThat(answers).isSubsetOf(204, 404, 409);
        assertThat(staged()).isEmpty();
    }

    /** Twice, since two may cancel the same. */
    private int begunAndGivenUp() {
        Response begun = as(admin).body(Map.of("file", "mine.zip", "bytes", 10)).post("/api/model-uploads");
        if (begun.statusCode() != 200) {
            return begun.statusCode();
        }
        String upload = "/api/model-uploads/" + begun.path("id");
        CompletableFuture<Integer> other =
                CompletableFuture.supplyAsync(() -> as(admin).delete(upload).statusCode());
        int status = as(admin).delete(upload).statusCode();
        return Math.max(status, other.join());
    }

    @Test
    void two_at_once_both_become_versions_and_the_same_one_twice_only_once() {
        byte[] one = Archives.zip(Archives.checkpoint("bert-2labels"));
        byte[] other = Archives.zip(Archives.checkpoint("bert-1label-gelu-new"));
        String first = begun("one.zip", one.length);
        String second = begun("other.zip", other.length);
        String third = begun("one again.zip", one.length);
        part(second, 0, other).then().statusCode(200);
        part(first, 0, one).then().statusCode(200);
        part(third, 0, one).then().statusCode(200);

        List<Integer> answers = Stream.of(first, second, third)
                .map(upload -> CompletableFuture.supplyAsync(
                        () -> as(admin).post(upload + "/finish").statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();

        assertThat(answers).isEqualTo(List.of(200, 200, 422));
        assertThat(models.versions().stream().filter(model -> model.origin().equals("upload")))
                .hasSize(2);
        assertThat(staged()).isEmpty();
    }

    @Test
    void what_a_crash_has_left_behind_is_deleted_at_a_later_start_and_nothing_else() throws IOException {
        UUID version = UUID.fromString(uploaded("mine.zip", Archives.zip(Archives.checkpoint("bert-2labels")))
                .path("id"));
        Path staging = Files.createDirectory(models.folder().resolve(".incoming-upload-" + UUID.randomUUID()));
        Files.writeString(staging.resolve("archive"), "half");
        Path checking = Files.createDirectory(models.folder().resolve(".incoming-checked-" + UUID.randomUUID()));
        Path withoutRow = Files.createDirectory(models.folder().resolve("upload-0123456789ab-" + UUID.randomUUID()));
        Path underWay = Files.createDirectory(models.folder().resolve(".incoming-upload-" + UUID.randomUUID()));
        Path idle = Files.createDirectory(models.folder().resolve(".incoming-upload-" + UUID.randomUUID()));
        Path ofNoRun = Files.createDirectory(models.folder().resolve(".incoming-run-" + UUID.randomUUID()));
        Files.setLastModifiedTime(ofNoRun, FileTime.from(Instant.now().minus(Duration.ofMinutes(16))));
        Files.setLastModifiedTime(idle, FileTime.from(Instant.now().minus(Duration.ofMinutes(16))));
        Files.setLastModifiedTime(underWay, FileTime.from(Instant.now().minus(Duration.ofMinutes(14))));
        for (Path old :
                List.of(staging, checking, withoutRow, models.get(version).directory())) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(7))));
        }

        uploads.sweep(Instant.now());

        assertThat(staging).doesNotExist();
        assertThat(checking).doesNotExist();
        assertThat(withoutRow).doesNotExist();
        assertThat(idle).doesNotExist();
        assertThat(ofNoRun).doesNotExist();
        assertThat(underWay).exists();
        assertThat(models.verified(version).id()).isEqualTo(version);
        Files.delete(underWay);
    }

    @Test
    void admins_alone_upload_and_not_more_than_there_is_room_for() {
        Map<String, Object> wish = Map.of("file", "mine.zip", "bytes", 10);
        as(agent).body(wish).post("/api/model-uploads").then().statusCode(403);
        nobody().body(wish).post("/api/model-uploads").then().statusCode(401);
        as(agent).get("/api/model-uploads").then().statusCode(403);
        nobody().get("/api/model-uploads").then().statusCode(401);
        String upload = begun("mine.zip", 10);
        as(agent).post(upload + "/finish").then().statusCode(403);
        as(agent).delete(upload).then().statusCode(403);
        as(agent)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .body(new byte[10])
                .put(upload + "?offset=0")
                .then()
                .statusCode(403);
        as(admin)
                .body(Map.of("file", "mine.zip", "bytes", 5L << 30))
                .post("/api/model-uploads")
                .then()
                .statusCode(413);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(), Map.of("file", " ", "bytes", 1), Map.of("file", "a", "bytes", 0))) {
            as(admin).body(wrong).post("/api/model-uploads").then().statusCode(400);
        }
        List<String> more =
                Stream.generate(() -> begun("mine.zip", 10)).limit(3).toList();
        as(admin)
                .body(wish)
                .post("/api/model-uploads")
                .then()
                .statusCode(409)
                .body("detail", containsString("4 uploads are under way already: 'mine.zip' since 20"));
        as(admin).delete(upload).then().statusCode(204);
        more.forEach(each -> as(admin).delete(each).then().statusCode(204));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            throw new AssertionError(stopping);
        }
    }

    private Response uploaded(String file, byte[] archive) {
        String upload = begun(file, archive.length);
        part(upload, 0, archive).then().statusCode(200);
        return as(admin).post(upload + "/finish");
    }

    private String begun(String file, long bytes) {
        return "/api/model-uploads/"
                + as(admin)
                        .body(Map.of("file", file, "bytes", bytes))
                        .post("/api/model-uploads")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
    }

    private Response part(String upload, long offset, byte[] bytes) {
        return as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .body(bytes)
                .put(upload + "?offset=" + offset);
    }

    private List<Path> staged() {
        return entries(".incoming-");
    }

    private List<Path> entries(String prefix) {
        try (Stream<Path> all = Files.list(models.folder())) {
            return all.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static float logit(Path directory) {
        try (CrossEncoder model = CrossEncoder.open(directory, new CrossEncoderOptions(Precision.FP32, "auto", 0, 1))) {
            return model.logits(List.of(model.pair(model.tokenize("Where is it?"), model.tokenize("On its way."))))
                    .get(0)[1];
        }
    }
}
