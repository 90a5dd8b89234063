package io.replyloop.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople.Visitor;
import io.replyloop.platform.FileHashes;
import io.replyloop.platform.Problem;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class AttachmentLimitsTest {
    private static final byte[] TEXT = TestFiles.text("A few words");

    @Inject
    AttachmentPeople people;

    @Inject
    AttachmentConfig config;

    @Inject
    UploadVolume volume;

    @Inject
    Contents contents;

    @Inject
    Session session;

    @TempDir
    Path folder;

    private int change(String sql, byte[] hash) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeMutationQuery(sql)
                        .setParameter("hash", hash)
                        .executeUpdate());
    }

    @Test
    void there_is_room_again_once_files_are_deleted() {
        Visitor wei = people.visitor();
        byte[] hash = new byte[32];
        change("insert into attachment_content (sha256, size) values (:hash, 30000000000)", hash);
        try {
            wei.uploads(UUID.randomUUID(), "a.txt", TEXT).then().statusCode(503).body("code", equalTo("unavailable"));
        } finally {
            change("delete from attachment_content where sha256 = :hash", hash);
        }
        wei.uploads(UUID.randomUUID(), "a.txt", TEXT).then().statusCode(200);
    }

    @Test
    void taking_a_file_back_does_not_take_back_that_it_was_uploaded() {
        Visitor wei = people.visitor();
        UUID id = UUID.randomUUID();
        wei.uploads(id, "a.txt", TEXT).then().statusCode(200);
        wei.request().delete("/api/attachments/" + id).then().statusCode(204);
        UUID customer = wei.identity().id();
        volume.take(customer, config.customerBytesPerHour().asLongValue() - TEXT.length, Instant.now());

        UUID next = UUID.randomUUID();
        wei.uploads(next, "a.txt", TEXT).then().statusCode(429).body("code", equalTo("rate-limited"));

        people.visitor().uploads(next, "a.txt", TEXT).then().statusCode(200);
    }

    @Test
    void what_was_not_stored_and_what_is_an_hour_old_does_not_count() {
        Visitor wei = people.visitor();
        UUID customer = wei.identity().id();
        Instant now = Instant.now();
        long all = config.customerBytesPerHour().asLongValue();
        wei.uploads(UUID.randomUUID(), "a.exe", TestFiles.text("MZ\0\0")).then().statusCode(415);
        volume.take(customer, all, now);
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> volume.take(customer, 1, now.plusSeconds(3_599)));
        for (int file = 0; file < config.customerPerHour(); file++) {
            volume.take(customer, 1, now.plusSeconds(3_600));
        }
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> volume.take(customer, 1, now.plusSeconds(3_600)));
    }

    @Test
    void a_webp_picture_that_would_take_much_memory_is_not_decoded() {
        Visitor wei = people.visitor();
        UUID shown = UUID.randomUUID();
        wei.uploads(shown, "a.webp", TestFiles.webp(64)).then().statusCode(200).body("width", equalTo(64));
        UUID large = UUID.randomUUID();
        byte[] file = TestFiles.webp(2_100);
        wei.uploads(large, "b.webp", file).then().statusCode(200).body("type", equalTo("image/webp"));

        wei.request().get("/api/attachments/" + large + "/thumbnail").then().statusCode(404);
        assertThat(wei.request().get("/api/attachments/" + large).asByteArray()).isEqualTo(file);
    }

    @Test
    void contents_are_locked_in_one_order_whichever_variants_they_are() throws IOException {
        Visitor wei = people.visitor();
        String salt = UUID.randomUUID().toString();
        Path one = Files.writeString(folder.resolve("one"), "one" + salt);
        Path other = Files.writeString(folder.resolve("other"), "other" + salt);
        boolean inOrder = hash(one).compareTo(hash(other)) < 0;
        Path first = inOrder ? one : other;
        Path last = inOrder ? other : one;
        for (Path file : List.of(first, last)) {
            wei.uploads(UUID.randomUUID(), "a.txt", Files.readAllBytes(file))
                    .then()
                    .statusCode(200);
        }
        UUID attachment = UUID.randomUUID();
        QuarkusTransaction.requiringNew()
                .run(() -> session.createNativeMutationQuery(
                                AttachmentPeople.fileOf(wei.identity().id())
                                        .replace("gen_random_uuid()", "'" + attachment + "'"))
                        .setParameter("value", "a")
                        .executeUpdate());

        CompletableFuture<Void> added = QuarkusTransaction.requiringNew().call(() -> {
            lock(first);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> add(attachment, last, first));
            await().atMost(Duration.ofSeconds(20)).until(this::somebodyWaits);
            // Were it locked by the one who waits, this would be a deadlock.
            lock(last);
            return waiting;
        });

        added.join();
        assertThat(QuarkusTransaction.requiringNew().call(() -> contents.of(List.of(attachment))))
                .containsExactlyInAnyOrder(hash(one), hash(other));
    }

    private void add(UUID attachment, Path original, Path large) {
        QuarkusTransaction.requiringNew().call(() -> {
            contents.add(
                    attachment,
                    List.of(
                            new Contents.Added(FileVariant.ORIGINAL, "image/png", original),
                            new Contents.Added(FileVariant.LARGE, "image/png", large)));
            return null;
        });
    }

    private void lock(Path file) {
        session.createNativeQuery("select true from attachment_content where sha256 = :hash for update", Boolean.class)
                .setParameter("hash", HexFormat.of().parseHex(hash(file)))
                .getSingleResult();
    }

    private boolean somebodyWaits() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                                        + " and datname = current_database() and query like '%attachment_content%'"
                                        + " and pid <> pg_backend_pid())",
                                Boolean.class)
                        .getSingleResult());
    }

    private static String hash(Path file) {
        try {
            return FileHashes.sha256(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
