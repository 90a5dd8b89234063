package io.replyloop.attachment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.HostileFiles.Hostile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Over the same way as a customer's page. */
@QuarkusTest
class HostileFilesTest {
    private static final int FILES_OF_A_CUSTOMER = 50;

    @Inject
    AttachmentPeople people;

    @Inject
    Session session;

    @Test
    void two_hundred_hostile_files_run_nowhere_and_choose_no_type() {
        List<Hostile> files = HostileFiles.all();
        assertThat(files).hasSizeGreaterThan(200);
        AttachmentPeople.Visitor visitor = null;
        Set<String> accepted = new TreeSet<>();
        List<UUID> customers = new ArrayList<>();
        for (int number = 0; number < files.size(); number++) {
            if (number % FILES_OF_A_CUSTOMER == 0) {
                visitor = people.visitor();
                customers.add(visitor.identity().id());
            }
            attack(number, files.get(number), visitor).ifPresent(accepted::add);
        }
        assertThat(stored(customers)).as("nothing that was refused is kept").isEqualTo(accepted.size());
        given().get("/api/health/live").then().statusCode(200);
    }

    private long stored(List<UUID> customers) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from attachment where sender_id = any(:customers)", Long.class)
                        .setParameter("customers", customers.toArray(UUID[]::new))
                        .getSingleResult());
    }

    /** @return the id of what was accepted */
    private static Optional<String> attack(int number, Hostile file, AttachmentPeople.Visitor visitor) {
        String which = number + " " + file.name();
        UUID id = UUID.randomUUID();
        Response answer = visitor.uploads(id, file.name(), file.contents());
        assertThat(answer.statusCode()).as(which).isIn(200, 400, 413, 415);
        if (file.accepted() != null) {
            assertThat(answer.statusCode() == 200).as(which).isEqualTo(file.accepted());
        }
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        // Read once: REST Assured compiles a program for each path that it is asked for.
        JsonNode told = answer.as(JsonNode.class);
        Response original = visitor.request().get("/api/attachments/" + id);
        FileKind kind = Arrays.stream(FileKind.values())
                .filter(known -> known.mediaType().equals(told.path("type").textValue()))
                .findFirst()
                .orElseThrow();
        assertThat(kind.extensions())
                .as(which)
                .anyMatch(extension -> told.path("name").textValue().endsWith("." + extension));
        requireHarmless(which, original);
        assertThat(original.contentType()).as(which).isEqualTo(kind.mediaType());
        assertThat(original.header("Content-Disposition")).as(which).startsWith("attachment; filename=\"");
        assertThat(original.asByteArray()).as(which).isEqualTo(file.contents());
        for (String shown : List.of("large", "thumbnail")) {
            Response picture = visitor.request().get("/api/attachments/" + id + "/" + shown);
            assertThat(picture.statusCode())
                    .as(which)
                    .isEqualTo(told.path("width").isNumber() ? 200 : 404);
            if (picture.statusCode() == 200) {
                requireHarmless(which, picture);
                assertThat(picture.contentType()).as(which).isIn("image/png", "image/jpeg");
                assertThat(picture.header("Content-Disposition")).as(which).startsWith("inline; filename=\"");
                assertThat(new String(picture.asByteArray(), StandardCharsets.ISO_8859_1))
                        .as(which)
                        .doesNotContain(HostileFiles.MARK)
                        .doesNotContain("<script");
            }
        }
        return Optional.of(id.toString());
    }

    private static void requireHarmless(String which, Response file) {
        assertThat(file.statusCode()).as(which).isEqualTo(200);
        assertThat(file.headers().getValues("X-Content-Type-Options")).as(which).containsExactly("nosniff");
        assertThat(file.headers().getValues("Content-Security-Policy"))
                .as(which)
                .containsExactly("sandbox; default-src 'none'; frame-ancestors 'none'");
        assertThat(file.headers().getValues("Cross-Origin-Resource-Policy"))
                .as(which)
                .containsExactly("same-origin");
        assertThat(file.headers().getValues("Cache-Control")).as(which).containsExactly("no-store");
        assertThat(file.headers().getValues("Content-Disposition"))
                .as(which)
                .singleElement()
                .satisfies(disposition -> assertThat(disposition).doesNotContain("\r", "\n", "/", "\\"));
    }
}
