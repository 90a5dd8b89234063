package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of examples that are not stored, each with what to do. */
@QuarkusTest
class RefusedExampleFilesTest {
    private static final byte[] EXAMPLE =
            "{\"query\": \"- Why?\", \"reply\": \"So.\", \"label\": 1}".getBytes(StandardCharsets.UTF_8);

    @Inject
    Team team;

    private Team.Member admin;

    @BeforeEach
    void anAdmin() {
        admin = team.newMember(Role.ADMIN);
    }

    @Test
    void what_a_zip_holds_besides_examples_counts_when_it_is_unpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("picture.bin"));
            byte[] zeros = new byte[1 << 24];
            for (int i = 0; i <= 4; i++) {
                zip.write(zeros);
            }
        }
        send(bomb.toByteArray(), "bomb.zip", true)
                .then()
                .statusCode(413)
                .body("detail", containsString("more than 64 MiB when it is unpacked"));
    }

    @Test
    void a_file_in_a_zip_whose_name_is_not_in_utf_8_is_refused_with_what_to_do() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive, StandardCharsets.ISO_8859_1)) {
            zip.putNextEntry(new ZipEntry("übung.jsonl"));
            zip.write(EXAMPLE);
        }
        send(archive.toByteArray(), "mine.zip", true)
                .then()
                .statusCode(422)
                .body("code", equalTo("import-invalid"))
                .body("detail", containsString("a file whose name is not in UTF-8"));
    }

    @Test
    void what_is_no_file_of_examples_is_refused() {
        send("title,text\na,b\n".getBytes(StandardCharsets.UTF_8), "x.csv", true)
                .then()
                .statusCode(422)
                .body("detail", containsString("query, reply and label"));
        send("query,reply,label\n\"never closed".getBytes(StandardCharsets.UTF_8), "x.csv", true)
                .then()
                .statusCode(422)
                .body("detail", containsString("never closed"));
        send(("query,reply,label\n\"" + "x".repeat(500_000)).getBytes(StandardCharsets.UTF_8), "x.csv", true)
                .then()
                .statusCode(413);
        send("{\"query\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1), "x.jsonl", true)
                .then()
                .statusCode(422)
                .body("detail", containsString("UTF-8"));
        send(new byte[] {'P', 'K', 3, 4, 1, 2}, "x.zip", true).then().statusCode(422);
        send(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "x.gz", true).then().statusCode(422);
        send(EXAMPLE, "x".repeat(201), false).then().statusCode(400);
    }

    @Test
    void only_numbers_as_json_and_spreadsheets_write_them_are_labels() {
        for (String label : List.of("0x1p-1", "1d", "NaN", "Infinity", "1f")) {
            send(("query,reply,label\na,b," + label).getBytes(StandardCharsets.UTF_8), "x.csv", true)
                    .then()
                    .body("errors", equalTo(1))
                    .body("wrong[0].field", equalTo("label"));
        }
        send("query,reply,label\na,b,.5\nc,d,1.\ne,f,1e-1\n".getBytes(StandardCharsets.UTF_8), "x.csv", true)
                .then()
                .body("errors", equalTo(0));
    }

    @Test
    void a_file_that_would_keep_others_waiting_is_refused_with_what_to_do() {
        send("\n{}".repeat(ExampleFile.MOST_LINES + 1).getBytes(StandardCharsets.UTF_8), "x.jsonl", true)
                .then()
                .statusCode(413)
                .body("detail", containsString("more than 20,000 lines"))
                .body("detail", containsString("Divide the file"));
    }

    private Response send(byte[] file, String name, boolean dryRun) {
        return as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .queryParam("name", name)
                .queryParam("dryRun", dryRun)
                .body(file)
                .post("/api/examples/imports");
    }
}
