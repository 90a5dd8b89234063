package io.replyloop.exchange;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.ReplyView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportedFileTest extends ImportByAdmin {
    @Test
    void gzip_is_unpacked_and_a_bomb_is_not() throws IOException {
        String category = unique("gzip");
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .header("Content-Encoding", "gzip")
                .body(gzipped(line(unique("a"), category).getBytes(StandardCharsets.UTF_8)))
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(200)
                .body("created", equalTo(1));
        assertThat(inCategory(category).size()).isEqualTo(1);
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .header("Content-Encoding", "gzip")
                .body(gzipped(new byte[FileText.LARGEST + 1]))
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"));
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .header("Content-Encoding", "gzip")
                .body("not gzip".getBytes(StandardCharsets.UTF_8))
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(400)
                .body("detail", containsString("not a complete gzip file"));
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void letters_of_windows_1252_and_gb18030_arrive_as_they_were_written() {
        String category = unique("encoding");
        String german = unique("Größe übermäßig – 3 € ");
        send(
                        "format=csv",
                        ("Titel;Text;Kategorie\r\nGröße;" + german + ";" + category + "\r\n")
                                .getBytes(Charset.forName("windows-1252")))
                .statusCode(200)
                .body("file.encoding", equalTo("windows-1252"))
                .body("file.separator", equalTo(";"));
        String chinese = unique("我们每天九点到六点营业");
        send("format=csv", ("问题,答案,分类\n营业时间," + chinese + "," + category + "\n").getBytes(Charset.forName("GB18030")))
                .statusCode(200)
                .body("file.encoding", equalTo("GB18030"));
        assertThat(inCategory(category).stream().map(ReplyView::text).collect(Collectors.toSet()))
                .isEqualTo(Set.of(german.strip(), chinese));
    }

    @Test
    void a_workbook_is_refused_with_how_to_save_it() {
        for (boolean dryRun : List.of(true, false)) {
            send("format=csv&dryRun=" + dryRun, "PK\u0003\u0004 xl/workbook.xml")
                    .statusCode(422)
                    .contentType(containsString("application/problem+json"))
                    .body("code", equalTo("import-invalid"))
                    .body("reason.code", equalTo("excel-workbook"))
                    .body("detail", containsString("CSV UTF-8"));
        }
    }

    @Test
    void an_unknown_format_is_explained() {
        send("format=xml", "x").statusCode(400).body("detail", containsString("use 'jsonl' or 'csv'"));
        send("dryRun=true", "x").statusCode(400).body("detail", containsString("add ?format="));
    }
}
