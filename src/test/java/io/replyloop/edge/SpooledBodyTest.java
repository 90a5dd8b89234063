package io.replyloop.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople;
import io.replyloop.attachment.TestFiles;
import io.replyloop.platform.ApplicationFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that strangers upload are on disk while they come, few at once, and nowhere once they do not. */
@QuarkusTest
class SpooledBodyTest {
    private static final int PER_ADDRESS = 20;

    @Inject
    AttachmentPeople people;

    @Inject
    ApplicationFolder application;

    @TestHTTPResource
    URI server;

    private RawClient begins(String from, AttachmentPeople.Visitor visitor) {
        return new RawClient(server, from)
                .send("POST /api/attachments?id=" + UUID.randomUUID() + "&name=a.txt HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: Bearer " + visitor.token()
                        + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nHello");
    }

    private long spooled() {
        Path folder = application.folder("bodies");
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void one_address_has_some_on_their_way_and_leaves_room_for_others_and_nothing_behind() {
        AttachmentPeople.Visitor visitor = people.visitor();
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int index = 0; index < PER_ADDRESS; index++) {
                slow.add(begins("127.0.0.21", visitor));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> spooled() == PER_ADDRESS);

            try (RawClient more = begins("127.0.0.21", visitor)) {
                assertThat(more.statusLine()).startsWith("HTTP/1.1 429");
            }
            visitor.uploads(UUID.randomUUID(), "a.txt", TestFiles.text("From elsewhere"))
                    .then()
                    .statusCode(200);
        } finally {
            slow.forEach(RawClient::close);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> spooled() == 0);
        visitor.uploads(UUID.randomUUID(), "a.txt", TestFiles.text("Later"))
                .then()
                .statusCode(200);
    }
}
