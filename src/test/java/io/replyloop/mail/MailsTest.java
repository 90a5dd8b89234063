package io.replyloop.mail;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** From the outbox to a server, whatever happens in between. */
@QuarkusTest
class MailsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Mails mails;

    @Inject
    MailTexts texts;

    @Inject
    Outbox outbox;

    @Inject
    Team team;

    private static MailAddress anybody() {
        return MailAddress.of(UUID.randomUUID() + "@people.example").orElseThrow();
    }

    private boolean queue(MailAddress to, String subject, String words, String once) {
        Letter letter = texts.in("en").letter(subject).paragraph(words).end("Bye");
        return QuarkusTransaction.requiringNew()
                .call(() -> mails.queue(NewMail.ofTeam(MailKind.RUN_REPORT, once, to, letter, null)));
    }

    private String state(MailAddress to) {
        return team.text("select state from mail where recipient = :value", to.text());
    }

    @Test
    void a_mail_is_sent_after_the_commit_as_text_and_as_html_that_people_cannot_add_to() {
        MailAddress to = anybody();
        try (PostOffice office = PostOffice.open()) {
            assertThat(queue(to, "Hello\r\nBcc: all@people.example\n\nX", "<b>5 > 4</b> & 您好", null))
                    .isTrue();
            MimeMessage mail = office.awaitTo(to.text());

            assertThat(PostOffice.header(mail, "Subject")).doesNotContain("\n");
            assertThat(PostOffice.header(mail, "Bcc")).isNull();
            assertThat(PostOffice.header(mail, "X")).isNull();
            assertThat(PostOffice.header(mail, "From")).contains("Example shop", "chat@mail.example");
            assertThat(PostOffice.header(mail, "Message-ID")).matches("<[0-9a-f-]{36}@mail\\.example>");
            assertThat(PostOffice.header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(PostOffice.text(mail)).contains("<b>5 > 4</b> & 您好");
            assertThat(PostOffice.html(mail))
                    .contains("&lt;b&gt;5 &gt; 4&lt;/b&gt; &amp; 您好")
                    .doesNotContain("<b>", "<img", "src=");
            await().atMost(PATIENCE).until(() -> state(to).equals("sent"));
        }
    }

    @Test
    void what_is_rolled_back_is_not_sent_and_what_goes_out_once_goes_out_once() {
        MailAddress never = anybody();
        MailAddress to = anybody();
        String once = "once " + UUID.randomUUID();
        try (PostOffice office = PostOffice.open()) {
            QuarkusTransaction.begin();
            Letter letter = texts.in("en").letter("Never").end("Bye");
            assertThat(mails.queue(NewMail.ofTeam(MailKind.RUN_REPORT, null, never, letter, null)))
                    .isTrue();
            QuarkusTransaction.rollback();
            assertThat(queue(to, "Once", "Once", once)).isTrue();
            assertThat(queue(to, "Once", "Once", once)).isFalse();
            office.awaitTo(to.text());

            assertThat(office.sentTo(never.text())).isEmpty();
            assertThat(office.sentTo(to.text())).hasSize(1);
        }
    }

    @Test
    void while_the_server_is_away_mails_wait_and_one_whose_sender_died_is_sent_again_by_the_same_id() {
        MailAddress to = anybody();
        queue(to, "Later", "Later", null);
        await().atMost(PATIENCE)
                .until(() -> team.count(
                                "select count(*) from mail where recipient = :value and reason is not null"
                                        + " and state = 'waiting'",
                                to.text())
                        == 1);
        try (PostOffice office = PostOffice.open()) {
            MimeMessage first = office.awaitTo(to.text());
            await().atMost(PATIENCE).until(() -> state(to).equals("sent"));

            // As if the process had died after the server took the mail and before that was stored.
            team.sql(
                    "update mail set state = 'waiting', due_at = now(), ended_at = null where recipient = :value",
                    to.text());
            MimeMessage again = office.awaitTo(to.text(), 2);
            assertThat(PostOffice.header(again, "Message-ID")).isEqualTo(PostOffice.header(first, "Message-ID"));
        }
    }

    @Test
    void of_many_who_take_mails_at_the_same_time_each_has_others() throws Exception {
        String domain = UUID.randomUUID() + ".example";
        for (int number = 0; number < 30; number++) {
            queue(MailAddress.of(number + "@" + domain).orElseThrow(), "One of many", "Text", null);
        }
        team.sql("update mail set due_at = now() where recipient like '%' || :value", domain);
        List<UUID> taken = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                workers.add(threads.submit(() -> {
                    for (Optional<Outbox.Taken> one = outbox.take(); one.isPresent(); one = outbox.take()) {
                        taken.add(one.get().id());
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdown();
        }
        // The rest of them went to the worker of this server.
        assertThat(taken).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void a_recipient_who_is_refused_for_good_ends_the_mail_at_once_and_admins_read_why() throws IOException {
        MailAddress to = anybody();
        Team.Member admin = team.newMember(Role.ADMIN);
        try (RefusingServer server = new RefusingServer("550 5.1.1 No such user here")) {
            queue(to, "Refused", "Refused", null);
            await().atMost(PATIENCE).until(() -> state(to).equals("failed"));
            assertThat(server).isNotNull();
        }
        as(admin)
                .get("/api/mail")
                .then()
                .statusCode(200)
                .body("on", equalTo(true))
                .body("server", containsString(Integer.toString(MailPorts.smtp())))
                .body("replies.address", equalTo(PostOffice.MAILBOX))
                .body("failures.find { it.to == '" + to.text() + "' }.reason", containsString("550"))
                .body("failures.find { it.to == '" + to.text() + "' }.kind", equalTo("run-report"));
        assertThat(as(admin).get("/api/mail").asString()).doesNotContain("mailbox-of-the-tests");
    }

    @Test
    void one_who_is_refused_for_now_is_tried_again() throws IOException {
        MailAddress to = anybody();
        try (RefusingServer server = new RefusingServer("451 4.7.1 Greylisted, come back later")) {
            queue(to, "Grey", "Grey", null);
            await().atMost(PATIENCE)
                    .until(() -> team.count("select attempts from mail where recipient = :value", to.text()) >= 2);
            assertThat(server).isNotNull();
        }
        assertThat(state(to)).isEqualTo("waiting");
        try (PostOffice office = PostOffice.open()) {
            office.awaitTo(to.text());
        }
    }

    @Test
    void one_that_cannot_be_read_waits_and_holds_up_no_other() {
        MailAddress unreadable = anybody();
        MailAddress to = anybody();
        queue(unreadable, "Sealed with a key that is gone", "Text", null);
        team.sql(
                "update mail set sealed = decode(repeat('00', 60), 'hex'), due_at = now() where recipient = :value",
                unreadable.text());
        try (PostOffice office = PostOffice.open()) {
            queue(to, "Behind it", "Text", null);
            office.awaitTo(to.text());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    team.text("select reason from mail where recipient = :value", unreadable.text()))
                            .startsWith("it cannot be read"));
            assertThat(state(unreadable)).isEqualTo("waiting");
        } finally {
            team.sql("delete from mail where recipient = :value", unreadable.text());
        }
    }

    @Test
    void an_address_gets_no_more_than_so_many_mails_an_hour() {
        MailAddress to = anybody();
        for (int number = 0; number < 20; number++) {
            assertThat(queue(to, "Number " + number, "Text", null)).isTrue();
        }
        assertThat(queue(to, "One more", "Text", null)).isFalse();
        assertThat(queue(anybody(), "Somebody else", "Text", null)).isTrue();
    }

    @Test
    void what_customers_have_mailed_to_an_address_keeps_no_mail_of_the_team_from_it() {
        MailAddress to = anybody();
        Letter letter = texts.in("en").letter("Transcript").end("Bye");
        UUID customer = UUID.randomUUID();
        for (int number = 0; number < 21; number++) {
            boolean fits = number < 20;
            assertThat(QuarkusTransaction.requiringNew()
                            .call(() -> mails.queue(
                                    NewMail.ofCustomer(MailKind.TRANSCRIPT, to, letter, customer, UUID.randomUUID()))))
                    .isEqualTo(fits);
        }
        assertThat(queue(to, "A link to a new password", "Text", null)).isTrue();
    }

    @Test
    void addresses_hold_one_recipient_and_no_header() {
        for (String bad : List.of(
                "a@b.example\r\nBcc: c@d.example",
                "a@b.example, c@d.example",
                "\"a b\"@c.example",
                "a b@c.example",
                "a@",
                "@b.example",
                "a@b..example",
                "名@b.example",
                "<a@b.example>",
                "a".repeat(65) + "@b.example")) {
            assertThat(MailAddress.of(bad)).as(bad).isEmpty();
        }
        assertThat(MailAddress.of(" Kim+Tag@Example.COM ")).contains(new MailAddress("kim+tag@example.com"));
        assertThat(MailAddress.of("kim@风筝.example")).contains(new MailAddress("kim@xn--xxzx61d.example"));
        assertThat(MailAddress.ofNamed("Example shop <chat@mail.example>"))
                .contains(new MailAddress("chat@mail.example"));
    }

    @Test
    void only_admins_see_how_mails_are_sent_and_try_it() throws IOException {
        for (String path : List.of("/api/mail")) {
            nobody().get(path).then().statusCode(401);
            as(team.newMember(Role.AGENT)).get(path).then().statusCode(403);
        }
        as(team.newMember(Role.AGENT)).post("/api/mail/test").then().statusCode(403);
        Team.Member admin = team.newMember("Anna", Role.ADMIN);
        as(admin)
                .post("/api/mail/test")
                .then()
                .statusCode(200)
                .body("taken", equalTo(false))
                .body("answer", not(equalTo("")));
        try (PostOffice office = PostOffice.open()) {
            as(admin)
                    .header("Accept-Language", "zh")
                    .post("/api/mail/test")
                    .then()
                    .body("taken", equalTo(true));
            MimeMessage mail = office.awaitTo(admin.agent().email());
            assertThat(PostOffice.text(mail)).contains("Anna，您好");
        }
    }

    @Test
    void words_of_mails_are_there_in_every_language_with_the_same_values() {
        assertThat(MailWords.of("zh").keySet()).isEqualTo(MailWords.of("en").keySet());
        MailWords.of("en")
                .forEach((key, words) -> assertThat(
                                MailWords.values(MailWords.of("zh").get(key)))
                        .as(key)
                        .isEqualTo(MailWords.values(words)));
        assertThat(texts.in("fr-CA, zh-Hant;q=0.5").language()).isEqualTo("zh");
        assertThat(texts.in("../secret").language()).isEqualTo("en");
        assertThat(texts.in(null).of("footer", Map.of())).startsWith("Sent by");
    }
}
