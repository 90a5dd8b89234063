package io.replyloop.attachment;

import static io.replyloop.attachment.AttachmentPeople.as;
import static io.replyloop.attachment.AttachmentPeople.uploads;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople.Visitor;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.MessageContent;
import io.replyloop.erasure.ErasureReport;
import io.replyloop.erasure.ErasureService;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AttachmentTest {
    private static final byte[] DOCUMENT = TestFiles.pdf("An invoice");

    @Inject
    AttachmentPeople people;

    @Inject
    ConversationService conversations;

    @Inject
    AttachmentUploads incoming;

    @Inject
    ErasureService erasures;

    @Inject
    Team team;

    @Inject
    Session session;

    private Visitor wei;
    private Team.Member ada;
    private UUID conversation;

    @BeforeEach
    void aConversation() {
        wei = people.visitor();
        ada = team.newMember(Role.AGENT);
        conversation = conversations
                .customerMessage(wei.identity(), UUID.randomUUID(), "My parcel is broken.")
                .event()
                .conversation();
    }

    private static UUID uploaded(Visitor visitor, String name, byte[] contents) {
        UUID id = UUID.randomUUID();
        visitor.uploads(id, name, contents).then().statusCode(200);
        return id;
    }

    private ConversationEventView sent(Visitor visitor, String text, UUID... files) {
        return conversations
                .customerMessage(visitor.identity(), UUID.randomUUID(), new MessageContent(text, List.of(files)))
                .event();
    }

    private ProblemCode refusal(Visitor visitor, UUID... files) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> sent(visitor, "Look", files))
                .actual()
                .code();
    }

    private long stored(String sql, Object value) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(sql, Long.class)
                        .setParameter("value", value)
                        .getSingleResult());
    }

    @Test
    void a_picture_is_stored_and_shown_to_whoever_reads_the_message() throws IOException {
        byte[] picture = TestFiles.picture("png", 3_000, 1_500);
        UUID id = UUID.randomUUID();
        wei.uploads(id, "parcel.png", picture)
                .then()
                .statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("name", equalTo("parcel.png"))
                .body("type", equalTo("image/png"))
                .body("size", equalTo(picture.length))
                .body("width", equalTo(2_048))
                .body("height", equalTo(1_024))
                .body("state", equalTo("ready"));
        as(ada).get("/api/attachments/" + id).then().statusCode(404);

        ConversationEventView event = sent(wei, "", id);

        assertThat(event.text()).isEmpty();
        assertThat(event.isQuestion())
                .as("what there is nothing to suggest for")
                .isFalse();
        assertThat(conversations.lastMessages(conversation, 5))
                .extracting(ConversationEventView::text)
                .containsExactly("My parcel is broken.");
        assertThat(event.attachments())
                .containsExactly(new AttachmentView(id, "parcel.png", "image/png", picture.length, 2_048, 1_024));
        assertThat(conversations.eventsAfter(conversation, 1, 10)).containsExactly(event);
        assertThat(conversations.summary(conversation).lastText()).isEqualTo("[parcel.png]");
        for (byte[] seen : List.of(
                as(ada).get("/api/attachments/" + id + "/large").asByteArray(),
                wei.request().get("/api/attachments/" + id + "/large").asByteArray())) {
            assertThat(ImageIO.read(new ByteArrayInputStream(seen)).getWidth()).isEqualTo(2_048);
        }
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(
                as(ada).get("/api/attachments/" + id + "/thumbnail").asByteArray()));
        assertThat(small.getWidth()).isEqualTo(480);
        assertThat(small.getRGB(10, 10) >> 16 & 0xFF).isGreaterThan(240);
        assertThat(as(ada).get("/api/attachments/" + id).asByteArray()).isEqualTo(picture);
    }

    @Test
    void a_photo_is_shown_upright_and_without_its_place() throws IOException {
        byte[] photo = TestFiles.photo(60, 40, 6);
        UUID id = uploaded(wei, "photo.jpg", photo);

        byte[] shown = wei.request().get("/api/attachments/" + id + "/large").asByteArray();

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(shown));
        assertThat(image.getWidth()).isEqualTo(40);
        assertThat(image.getHeight()).isEqualTo(60);
        // What was left is on top.
        assertThat(image.getRGB(20, 5) >> 16 & 0xFF).isGreaterThan(200);
        assertThat(image.getRGB(20, 55) & 0xFF).isGreaterThan(200);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("GPS");
        assertThat(new String(shown, StandardCharsets.ISO_8859_1))
                .doesNotContain("GPS")
                .doesNotContain("Exif");
    }

    @Test
    void the_other_kinds_of_pictures_are_shown_too() {
        for (byte[] picture : List.of(TestFiles.webp(), TestFiles.picture("gif", 30, 20))) {
            UUID id = uploaded(wei, "a", picture);
            wei.request().get("/api/attachments/" + id + "/thumbnail").then().statusCode(200);
        }
    }

    @Test
    void only_the_two_sides_of_a_conversation_get_its_files_and_customers_none_of_notes() {
        UUID mine = uploaded(wei, "a.pdf", DOCUMENT);
        UUID theirs = UUID.randomUUID();
        uploads(ada, conversation, theirs, "b.pdf", DOCUMENT).then().statusCode(200);
        UUID noted = UUID.randomUUID();
        uploads(ada, conversation, noted, "c.pdf", DOCUMENT).then().statusCode(200);
        Team.Member grace = team.newMember(Role.AGENT);
        for (UUID unsent : List.of(mine, theirs, noted)) {
            as(grace).get("/api/attachments/" + unsent).then().statusCode(404);
        }
        wei.request().get("/api/attachments/" + theirs).then().statusCode(404);

        sent(wei, "Look", mine);
        conversations.agentMessage(
                ada.agent(), conversation, UUID.randomUUID(), new MessageContent("Here", List.of(theirs)), null);
        conversations.note(ada.agent(), conversation, UUID.randomUUID(), new MessageContent("", List.of(noted)));

        Visitor other = people.visitor();
        for (UUID sent : List.of(mine, theirs, noted)) {
            String address = "/api/attachments/" + sent;
            as(grace).get(address).then().statusCode(200).contentType("application/pdf");
            wei.request().get(address).then().statusCode(sent.equals(noted) ? 404 : 200);
            other.request().get(address).then().statusCode(404);
            other.request().get(address + "/state").then().statusCode(404);
            other.request().delete(address).then().statusCode(404);
            given().get(address).then().statusCode(401);
            given().header("Authorization", "Bearer made-up")
                    .get(address)
                    .then()
                    .statusCode(401);
            given().header("Authorization", "Bearer " + wei.token() + "x")
                    .delete(address)
                    .then()
                    .statusCode(401);
            // The token counts, and not the cookie beside it.
            other.request()
                    .cookie("replyloop_session", grace.cookie())
                    .get(address)
                    .then()
                    .statusCode(404);
        }
        assertThat(conversations.publicEventsAfter(conversation, 0, 10))
                .flatExtracting(event -> event.attachments() == null ? List.of() : event.attachments())
                .extracting("id")
                .containsExactly(mine, theirs);
    }

    @Test
    void nobody_uploads_without_a_role() {
        String address = "/api/attachments?id=" + UUID.randomUUID();
        given().contentType("application/octet-stream")
                .body(DOCUMENT)
                .post(address)
                .then()
                .statusCode(401);
        given().contentType("application/octet-stream")
                .header("Authorization", "Bearer made-up")
                .body(DOCUMENT)
                .post(address)
                .then()
                .statusCode(401);
        // A form of another site could send this one.
        given().cookie("replyloop_session", ada.cookie())
                .contentType("application/octet-stream")
                .body(DOCUMENT)
                .post(address + "&conversation=" + conversation)
                .then()
                .statusCode(403);
        as(ada).contentType("application/octet-stream")
                .body(DOCUMENT)
                .post(address)
                .then()
                .statusCode(400);
        uploads(ada, UUID.randomUUID(), UUID.randomUUID(), "a.pdf", DOCUMENT)
                .then()
                .statusCode(404)
                .body("detail", containsString("conversation"));
    }

    @Test
    void a_repeated_upload_changes_nothing_and_an_id_stands_for_one_file() {
        UUID id = uploaded(wei, "a.pdf", DOCUMENT);

        wei.uploads(id, "a.pdf", DOCUMENT).then().statusCode(200).body("id", equalTo(id.toString()));
        wei.uploads(id, "a.pdf", TestFiles.pdf("Another")).then().statusCode(409);
        people.visitor().uploads(id, "a.pdf", DOCUMENT).then().statusCode(409);
        uploads(ada, conversation, id, "a.pdf", DOCUMENT).then().statusCode(409);
        assertThat(wei.request().get("/api/attachments/" + id).asByteArray()).isEqualTo(DOCUMENT);
    }

    @Test
    void a_file_is_sent_once_by_its_sender_to_its_conversation() {
        UUID id = uploaded(wei, "a.pdf", DOCUMENT);
        Visitor other = people.visitor();
        assertThat(refusal(other, id)).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusal(wei, UUID.randomUUID())).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusal(wei, id, id)).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(wei, Collections.nCopies(11, id).toArray(UUID[]::new)))
                .isEqualTo(ProblemCode.INVALID);
        UUID elsewhere = UUID.randomUUID();
        UUID another = sent(other, "Hello").conversation();
        uploads(ada, another, elsewhere, "a.pdf", DOCUMENT).then().statusCode(200);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.agentMessage(
                        ada.agent(), conversation, UUID.randomUUID(), new MessageContent("", List.of(elsewhere)), null))
                .returns(ProblemCode.NOT_FOUND, Problem::code);

        UUID act = UUID.randomUUID();
        MessageContent content = new MessageContent("", List.of(id));
        ConversationEventView first =
                conversations.customerMessage(wei.identity(), act, content).event();

        assertThat(conversations.customerMessage(wei.identity(), act, content).event())
                .isEqualTo(first);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.customerMessage(wei.identity(), act, MessageContent.of("Other")))
                .returns(ProblemCode.CONFLICT, Problem::code);
        assertThat(refusal(wei, id)).isEqualTo(ProblemCode.CONFLICT);
        assertThat(conversations.eventsAfter(conversation, 0, 10)).hasSize(2);
        wei.request().delete("/api/attachments/" + id).then().statusCode(404);
    }

    @Test
    void what_is_not_sent_can_be_taken_back_and_goes_after_a_day() {
        UUID taken = uploaded(wei, "a.txt", TestFiles.text("taken back " + wei.token()));
        wei.request().delete("/api/attachments/" + taken).then().statusCode(204);
        wei.request().get("/api/attachments/" + taken).then().statusCode(404);
        // As long as no other file.
        byte[] contents = TestFiles.text("forgotten " + wei.token() + ".".repeat(54_321));
        UUID forgotten = uploaded(wei, "a.txt", contents);
        UUID sent = uploaded(wei, "a.txt", TestFiles.text("sent " + wei.token()));
        sent(wei, "", sent);
        for (UUID id : List.of(forgotten, sent)) {
            team.sql("update attachment set created_at = created_at - interval '25 hours' where id = :value", id);
        }

        incoming.sweep();

        wei.request().get("/api/attachments/" + forgotten).then().statusCode(404);
        wei.request().get("/api/attachments/" + sent).then().statusCode(200);
        assertThat(refusal(wei, forgotten)).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(stored("select count(*) from attachment_content where size = :value", contents.length))
                .isZero();
    }

    @Test
    void there_are_limits() {
        byte[] large = Arrays.copyOf(DOCUMENT, (10 << 20) + 1);
        wei.uploads(UUID.randomUUID(), "a.pdf", large).then().statusCode(413).body("code", equalTo("too-large"));
        byte[] largest = Arrays.copyOf(DOCUMENT, 10 << 20);
        UUID id = uploaded(wei, "a.pdf", largest);
        assertThat(wei.request().get("/api/attachments/" + id).asByteArray()).isEqualTo(largest);
        team.sql(
                "update attachment set size = 200000000 where sender_id = :value",
                wei.identity().id());
        wei.uploads(UUID.randomUUID(), "b.pdf", largest).then().statusCode(429).body("code", equalTo("rate-limited"));
    }

    @Test
    void an_erased_customer_leaves_no_file_and_what_others_sent_too_stays() {
        byte[] shared = TestFiles.pdf("Terms " + UUID.randomUUID());
        byte[] own = TestFiles.pdf("My passport " + UUID.randomUUID());
        Visitor other = people.visitor();
        UUID theirs = uploaded(other, "terms.pdf", shared);
        sent(other, "", theirs);
        sent(wei, "", uploaded(wei, "terms.pdf", shared), uploaded(wei, "passport.pdf", own));
        uploaded(wei, "unsent.pdf", own);
        uploads(ada, conversation, UUID.randomUUID(), "unsent.pdf", own).then().statusCode(200);
        Team.Member admin = team.newMember(Role.ADMIN);

        ErasureReport report = erasures.erase(wei.identity().id(), admin.agent().id(), "");

        assertThat(report.removed().path("attachments").asInt()).isEqualTo(4);
        assertThat(stored(
                        "select count(*) from attachment where customer_id = :value",
                        wei.identity().id()))
                .isZero();
        assertThat(stored("select count(*) from attachment_content where size = :value", own.length))
                .isZero();
        assertThat(other.request().get("/api/attachments/" + theirs).asByteArray())
                .isEqualTo(shared);
        wei.request().get("/api/attachments/" + theirs).then().statusCode(401);
        wei.uploads(UUID.randomUUID(), "late.pdf", own).then().statusCode(401);
    }

    @Test
    void an_export_contains_the_files() throws IOException {
        UUID id = uploaded(wei, "发票.pdf", DOCUMENT);
        sent(wei, "Here it is", id);
        Team.Member admin = team.newMember(Role.ADMIN);
        String address = "/api/customers/" + wei.identity().id() + "/export";
        as(ada).get(address + "/files").then().statusCode(403);
        as(admin)
                .get(address)
                .then()
                .statusCode(200)
                .body("attachments[0].name", equalTo("发票.pdf"))
                .body("conversations[0].events[1].attachments[0].id", equalTo(id.toString()))
                .body("conversations[0].events[0].attachments", nullValue());

        byte[] archive = as(admin).get(address + "/files").asByteArray();

        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                byte[] contents = zip.readAllBytes();
                assertThat(entry.getName().endsWith(".pdf") ? contents : DOCUMENT)
                        .isEqualTo(DOCUMENT);
            }
        }
        assertThat(names).containsExactly("customer.json", "files/" + id + "-发票.pdf");
    }
}
