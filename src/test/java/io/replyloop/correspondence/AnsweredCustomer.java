package io.replyloop.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.attachment.AttachmentPeople;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ReadMarks;
import io.replyloop.erasure.ErasureService;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.identity.Role;
import io.replyloop.mail.PostOffice;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/** A customer with an address, who has asked something and left. */
abstract class AnsweredCustomer {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    ConversationService conversations;

    @Inject
    ReadMarks marks;

    @Inject
    CorrespondenceWork work;

    @Inject
    Mailbox mailbox;

    @Inject
    AttachmentPeople people;

    @Inject
    CustomerVisits visits;

    @Inject
    BlockedCustomers blocked;

    @Inject
    ErasureService erasures;

    @Inject
    Team team;

    Team.Member agent;
    AttachmentPeople.Visitor visitor;
    CustomerIdentity customer;
    UUID conversation;
    String email;

    @BeforeEach
    void aCustomerWithAnAddressWhoHasWritten() {
        agent = team.newMember("Ada", Role.ADMIN);
        begins("Where is my kite?");
    }

    void begins(String question) {
        visitor = people.visitor();
        customer = visitor.identity();
        conversations.customerMessage(customer, UUID.randomUUID(), question);
        conversation = conversations.ofCustomer(customer.id()).orElseThrow().id();
        email = customer.id() + "@people.example";
        team.sql(
                "update customer set name = 'Kim', email = :value || '@people.example' where id = cast(:value as uuid)",
                customer.id().toString());
    }

    void answers(String text) {
        conversations.agentMessage(agent.agent(), conversation, UUID.randomUUID(), text, null);
    }

    /** As if the time had run out for all conversations that wait. */
    void later() {
        team.sql(
                "update unread_answer set due_at = now() where due_at is not null and conversation_id = cast(:value as uuid)",
                conversation.toString());
        work.mailAnswers();
    }

    List<String> messages() {
        return conversations.lastMessages(conversation, 50).stream()
                .map(event -> event.author().kind().name().charAt(0) + ": " + event.text())
                .toList();
    }

    static String replyTo(MimeMessage mail) {
        Matcher address =
                Pattern.compile("chat\\+[a-z2-7]{32}@mail\\.example").matcher(PostOffice.header(mail, "Reply-To"));
        assertThat(address.find()).isTrue();
        return address.group();
    }

    String reply(String to, String from, String id, String more, String text) {
        return "Message-ID: <" + id + ">\nFrom: Kim <" + from + ">\nTo: <" + to + ">\nSubject: Re: yours\n" + more
                + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text + "\n";
    }

    static String id() {
        return UUID.randomUUID() + "@people.example";
    }
}
