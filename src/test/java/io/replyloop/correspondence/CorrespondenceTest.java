package io.replyloop.correspondence;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.identity.CustomerVisit;
import io.replyloop.mail.PostOffice;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** From the chat into a mail, and back. */
@QuarkusTest
class CorrespondenceTest extends AnsweredCustomer {
    @Inject
    Session database;

    @Test
    void answers_that_nobody_has_seen_go_into_one_mail_with_a_way_back() {
        String shop = "https://shop.example";
        team.sql(
                "update site set allowed_origins = array['" + shop + "'] where id = cast(:value as uuid)",
                customer.siteId().toString());
        visits.keep(customer.id(), CustomerVisit.of(shop + "/kites?q=1", "de-AT", null, null), null, Map.of());
        answers("It is on its way.");
        answers("It arrives <tomorrow>.");
        work.mailAnswers();
        assertThat(team.count("select count(*) from mail where recipient = :value", email))
                .as("not yet")
                .isZero();
        try (PostOffice office = PostOffice.open()) {
            later();
            MimeMessage mail = office.awaitTo(email);
            assertThat(PostOffice.text(mail))
                    .contains("Hello Kim", "Ada\n    It is on its way.", "It arrives <tomorrow>.", shop + "/kites")
                    .doesNotContain("q=1");
            assertThat(PostOffice.html(mail)).contains("It arrives &lt;tomorrow&gt;.");
            assertThat(team.count("select count(*) from mail m where m::text like '%' || :value || '%'", replyTo(mail)))
                    .as("the secret is not stored")
                    .isZero();

            // What was mailed is not mailed again, and what comes next is in the same thread.
            answers("It has arrived.");
            later();
            MimeMessage next = office.awaitTo(email, 2);
            assertThat(PostOffice.text(next)).contains("It has arrived.").doesNotContain("on its way");
            assertThat(PostOffice.header(next, "In-Reply-To")).isEqualTo(PostOffice.header(mail, "Message-ID"));
            assertThat(replyTo(next)).isNotEqualTo(replyTo(mail));
        }
    }

    @Test
    void a_page_whose_address_browsers_alone_understand_holds_up_nobody() {
        team.sql(
                "update site set allowed_origins = array['https://shop.example'] where id = cast(:value as uuid)",
                customer.siteId().toString());
        String page = "https://shop.example/kites|blue/[1]";
        visits.keep(customer.id(), CustomerVisit.of(page, "en", null, null), null, Map.of());
        answers("It is on its way.");
        try (PostOffice office = PostOffice.open()) {
            later();
            assertThat(PostOffice.text(office.awaitTo(email))).contains(page);
        }
    }

    @Test
    void a_page_of_another_site_is_no_way_back_and_chinese_is_answered_in_chinese() {
        begins("我的风筝在哪里？");
        visits.keep(customer.id(), CustomerVisit.of("https://evil.example/kites", "en", null, null), null, Map.of());
        answers("明天到。");
        try (PostOffice office = PostOffice.open()) {
            later();
            assertThat(PostOffice.text(office.awaitTo(email)))
                    .contains("您离开期间", "明天到。", "直接回复此邮件")
                    .doesNotContain("evil");
        }
    }

    @Test
    void a_page_whose_address_browsers_take_and_java_does_not_is_a_way_back_too() {
        String page = "https://shop.example/kites|[1]";
        team.sql(
                "update site set allowed_origins = array['https://shop.example'] where id = cast(:value as uuid)",
                customer.siteId().toString());
        visits.keep(customer.id(), CustomerVisit.of(page, "en", null, null), null, Map.of());
        answers("It is on its way.");
        try (PostOffice office = PostOffice.open()) {
            later();
            assertThat(PostOffice.text(office.awaitTo(email))).contains(page);
        }
    }

    @Test
    void a_conversation_whose_answers_cannot_be_mailed_holds_up_no_other() {
        answers("Cannot be mailed.");
        UUID refused = conversation;
        String poison = "check (conversation_id <> '" + refused + "')";
        change("alter table mail add constraint poison " + poison);
        try (PostOffice office = PostOffice.open()) {
            team.sql(
                    "update unread_answer set due_at = now() - interval '1 hour' where conversation_id = cast(:value as uuid)",
                    refused.toString());
            begins("And mine?");
            answers("Can be mailed.");
            later();
            assertThat(PostOffice.text(office.awaitTo(email))).contains("Can be mailed.");
        } finally {
            change("alter table mail drop constraint poison");
        }
        assertThat(team.count(
                        "select count(*) from unread_answer where due_at > now() and conversation_id = cast(:value as uuid)",
                        refused.toString()))
                .as("tried again later")
                .isEqualTo(1);
    }

    private void change(String schema) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(schema).executeUpdate());
    }

    @Test
    void what_was_read_in_the_chat_is_not_mailed_even_where_the_mail_was_written_already() {
        answers("Read at once.");
        marks.customerRead(customer, conversation, 100);
        later();
        assertThat(team.count("select count(*) from mail where recipient = :value", email))
                .isZero();

        answers("Read while no server took mails.");
        later();
        await().atMost(PATIENCE)
                .until(() ->
                        team.count("select count(*) from mail where recipient = :value and attempts > 0", email) == 1);
        marks.customerRead(customer, conversation, 100);
        try (PostOffice office = PostOffice.open()) {
            await().atMost(PATIENCE)
                    .until(() -> team.text("select state from mail where recipient = :value", email)
                            .equals("dropped"));
            assertThat(office.sentTo(email)).isEmpty();
        }
    }

    @Test
    void a_reply_becomes_a_message_once_and_opens_the_conversation_again() {
        answers("Which kite is it?");
        try (PostOffice office = PostOffice.open()) {
            later();
            MimeMessage mail = office.awaitTo(email);
            conversations.changeStatus(
                    agent.agent(), conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
            String id = id();
            String reply = reply(
                    replyTo(mail).toUpperCase(),
                    email,
                    id,
                    "",
                    "The blue one.\n\nOn Monday, Example shop <chat@mail.example> wrote:\n> Which kite is it?");
            office.arrives(reply);
            office.arrives(reply);
            mailbox.read();

            assertThat(messages()).endsWith("A: Which kite is it?", "C: The blue one.");
            assertThat(messages()).filteredOn(text -> text.contains("blue")).hasSize(1);
            assertThat(conversations.summary(conversation).status()).isEqualTo(ConversationStatus.OPEN);
            assertThat(conversations.snapshot(conversation).marks().customerReadPublic())
                    .isGreaterThan(1);
            assertThat(office.read()).isEqualTo(2);

            // As if the process had died before it noted how far it was.
            team.sql("update mailbox set last_uid = 0 where address <> :value", "");
            mailbox.read();
            assertThat(messages()).filteredOn(text -> text.contains("blue")).hasSize(1);

            answers("Thanks!");
            later();
            assertThat(PostOffice.header(office.awaitTo(email, 2), "In-Reply-To"))
                    .isEqualTo("<" + id + ">");
        }
    }

    @Test
    void a_reply_is_known_by_its_references_too_and_names_another_sender() throws Exception {
        begins("我的风筝在哪里？");
        answers("哪个风筝？");
        try (PostOffice office = PostOffice.open()) {
            later();
            MimeMessage mail = office.awaitTo(email);
            String head =
                    "Message-ID: <" + id() + ">\r\nFrom: other@people.example\r\nTo: chat@mail.example\r\nIn-Reply-To: "
                            + PostOffice.header(mail, "Message-ID")
                            + "\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
            byte[] body = "蓝色的那个。".getBytes("gb18030");
            byte[] all = new byte[head.length() + body.length];
            System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
            System.arraycopy(body, 0, all, head.length(), body.length);
            office.arrives(all);
            mailbox.read();
            assertThat(messages()).last().isEqualTo("C: [来自 other@people.example]\n蓝色的那个。");
        }
    }

    @Test
    void files_go_through_the_same_checks_and_long_texts_are_kept_whole() {
        answers("A picture, please.");
        try (PostOffice office = PostOffice.open()) {
            later();
            String to = replyTo(office.awaitTo(email));
            office.arrives("Message-ID: <" + id() + ">\nFrom: " + email + "\nTo: " + to + """

                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/plain

                    Here.
                    --b
                    Content-Type: application/pdf; name=bill.pdf
                    Content-Disposition: attachment

                    %PDF-1.4
                    1 0 obj<<>>endobj
                    %%EOF
                    --b
                    Content-Type: image/png; name=kite.png
                    Content-Disposition: attachment
                    Content-Transfer-Encoding: base64

                    TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAA
                    --b--
                    """);
            office.arrives(reply(to, email, id(), "", "word ".repeat(3_000)));
            mailbox.read();
            List<ConversationEventView> newest = conversations.lastMessages(conversation, 2);
            assertThat(newest.get(0).text()).startsWith("Here.").contains("[File not taken: kite.png]");
            assertThat(newest.get(0).attachments()).extracting("name").containsExactly("bill.pdf");
            assertThat(newest.get(1).text()).endsWith("…").hasSizeLessThanOrEqualTo(8_000);
            assertThat(newest.get(1).attachments()).extracting("name").containsExactly("mail.txt");
        }
    }

    @Test
    void strangers_programs_loops_and_blocked_customers_write_nothing_and_stay_unread() {
        answers("Are you there?");
        try (PostOffice office = PostOffice.open()) {
            later();
            MimeMessage mail = office.awaitTo(email);
            String to = replyTo(mail);
            int before = messages().size();
            office.arrives(reply("chat@mail.example", email, id(), "", "No token."));
            office.arrives(reply("chat+" + "a".repeat(32) + "@mail.example", email, id(), "", "A made up token."));
            office.arrives(reply(to, email, id(), "Auto-Submitted: auto-replied\n", "I am on holiday."));
            office.arrives(reply(to, "chat@mail.example", id(), "", "Ourselves."));
            office.arrives(reply(to, email, id(), "", "> only a quote"));
            office.arrives("\u0000\u0001 nonsense");
            mailbox.read();
            assertThat(messages()).hasSize(before);
            assertThat(office.read()).isZero();

            blocked.block(customer.id(), agent.agent(), "Threats");
            office.arrives(reply(to, email, id(), "", "Let me in."));
            mailbox.read();
            assertThat(messages()).hasSize(before);
            answers("Nobody hears this.");
            later();
            assertThat(office.sentTo(email)).hasSize(1);
        }
    }

    @Test
    void a_mail_of_parts_in_parts_without_end_holds_up_none_behind_it() {
        answers("Which kite is it?");
        try (PostOffice office = PostOffice.open()) {
            later();
            String to = replyTo(office.awaitTo(email));
            StringBuilder nested = new StringBuilder("Message-ID: <" + id() + ">\nFrom: " + email + "\nTo: " + to);
            for (int depth = 0; depth < 2_000; depth++) {
                nested.append("\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d".formatted(depth, depth));
            }
            office.arrives(nested.append("\n\nDeep.\n").toString());
            office.arrives(reply(to, email, id(), "", "The blue one."));
            mailbox.read();
            assertThat(messages()).endsWith("C: The blue one.");
        }
    }

    @Test
    void a_mail_that_comes_back_is_marked_as_failed_with_the_reason() {
        answers("Hello?");
        try (PostOffice office = PostOffice.open()) {
            later();
            MimeMessage mail = office.awaitTo(email);
            await().atMost(PATIENCE)
                    .until(() -> team.text("select state from mail where recipient = :value", email)
                            .equals("sent"));
            office.arrives("""
                    From: MAILER-DAEMON@people.example
                    To: chat@mail.example
                    Content-Type: multipart/report; report-type=delivery-status; boundary=b

                    --b
                    Content-Type: message/delivery-status

                    Action: failed
                    Diagnostic-Code: smtp; 550 5.1.1 User unknown
                    --b
                    Content-Type: text/rfc822-headers

                    Message-ID: %s
                    --b--
                    """.formatted(PostOffice.header(mail, "Message-ID")));
            mailbox.read();
            as(agent)
                    .get("/api/mail")
                    .then()
                    .body("failures.find { it.to == '" + email + "' }.reason", startsWith("smtp; 550 5.1.1"))
                    .body("replies.readAt", notNullValue());
        }
    }

    @Test
    void while_the_mailbox_is_away_admins_read_why() {
        mailbox.read();
        as(agent).get("/api/mail").then().body("replies.failure", notNullValue());
    }

    @Test
    void erasing_a_customer_takes_their_mails_along_and_an_export_has_them() {
        answers("Mailed.");
        try (PostOffice office = PostOffice.open()) {
            later();
            MimeMessage mail = office.awaitTo(email);
            office.arrives(reply(replyTo(mail), email, id(), "", "Answered."));
            mailbox.read();
            as(agent)
                    .get("/api/customers/" + customer.id() + "/export")
                    .then()
                    .statusCode(200)
                    .body("mails.to", hasItem(email))
                    .body("mails[0].text", containsString("Mailed."));

            assertThat(erasures.erase(customer.id(), agent.agent().id(), "")
                            .removed()
                            .path("mails")
                            .asLong())
                    .isEqualTo(1);
            for (String table : List.of("mail", "received_mail", "unread_answer")) {
                assertThat(team.count(
                                "select count(*) from " + table + " t where t::text like '%' || :value || '%'",
                                conversation.toString()))
                        .as(table)
                        .isZero();
            }
            office.arrives(reply(replyTo(mail), email, id(), "", "Still here?"));
            mailbox.read();
            assertThat(QuarkusTransaction.requiringNew().call(() -> conversations.ofCustomer(customer.id())))
                    .isEmpty();
        }
    }
}
