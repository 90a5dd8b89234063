package io.replyloop.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople.Visitor;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.MessageContent;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class AttachmentScanTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @Inject
    AttachmentPeople people;

    @Inject
    AttachmentService attachments;

    @Inject
    ConversationService conversations;

    @Inject
    CustomerTokens tokens;

    @Inject
    ApplicationFolder application;

    @Inject
    Team team;

    @TempDir
    Path folder;

    private Visitor wei;
    private Sender sender;

    @BeforeEach
    void somebody() {
        wei = people.visitor();
        sender = Sender.of(tokens.pass(wei.token()));
    }

    private UUID waiting(String text) throws IOException {
        Path file = Files.write(folder.resolve(UUID.randomUUID().toString()), TestFiles.text(text));
        UUID id = UUID.randomUUID();
        attachments.store(
                sender,
                new AttachmentService.Incoming(id, null, "a.txt", FileKind.TEXT, text.length(), file, null),
                true);
        return id;
    }

    private AttachmentScans scans(String script) {
        return new AttachmentScans(attachments, List.of("sh", "-c", script), WITHIN, application);
    }

    private UploadState state(UUID id) {
        return attachments.upload(sender, id).orElseThrow().state();
    }

    private void sends(UUID id) {
        conversations.customerMessage(wei.identity(), UUID.randomUUID(), new MessageContent("", List.of(id)));
    }

    @Test
    void a_file_is_sent_once_the_program_has_found_it_clean_and_deleted_otherwise() throws IOException {
        UUID clean = waiting("harmless " + wei.token());
        UUID infected = waiting("virus " + wei.token());
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> sends(clean))
                .returns(ProblemCode.UNAVAILABLE, Problem::code);

        AttachmentScans scans = scans("grep -q virus && exit 1; exit 0");
        scans.wake();

        await().atMost(WITHIN).until(() -> state(clean) == UploadState.READY && state(infected) == UploadState.REFUSED);
        scans.stop();
        sends(clean);
        wei.request().get("/api/attachments/" + infected).then().statusCode(404);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> sends(infected))
                .returns(ProblemCode.NOT_FOUND, Problem::code);
    }

    @Test
    void a_program_that_cannot_tell_is_asked_again() throws IOException {
        UUID id = waiting("whatever " + wei.token());
        Path tried = folder.resolve("tried");
        AttachmentScans failing = scans("touch " + tried + "; exit 2");
        failing.wake();
        await().atMost(WITHIN).until(() -> Files.exists(tried));
        failing.stop();
        assertThat(state(id)).isEqualTo(UploadState.SCANNING);
        assertThat(attachments.takeForScan(Duration.ofMinutes(1)))
                .as("not at once")
                .isNotEqualTo(Optional.of(id));
        team.sql("update attachment set scan_tried_at = now() - interval '5 minutes' where id = :value", id);

        AttachmentScans scans = scans("exit 0");
        scans.wake();

        await().atMost(WITHIN).until(() -> state(id) == UploadState.READY);
        scans.stop();
    }
}
