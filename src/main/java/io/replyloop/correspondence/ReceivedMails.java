package io.replyloop.correspondence;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.ReadMarks;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.mail.MailConfig;
import io.replyloop.mail.SentMail;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** What customers have replied to mails: each becomes a message once, however often it is read. */
@ApplicationScoped
@Transactional
class ReceivedMails {
    private final Session database;
    private final ConversationService conversations;
    private final ReadMarks marks;
    private final Customers customers;
    private final MailConfig config;

    ReceivedMails(
            Session database,
            ConversationService conversations,
            ReadMarks marks,
            Customers customers,
            MailConfig config) {
        this.database = database;
        this.conversations = conversations;
        this.marks = marks;
        this.customers = customers;
        this.config = config;
    }

    boolean isKnown(UUID id) {
        return !database.createNativeQuery("select 1 from received_mail where id = :id", Integer.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    long count(UUID conversation, Duration within) {
        return database.createNativeQuery(
                        "select count(*) from received_mail where conversation_id = :conversation"
                                + " and received_at > :since",
                        Long.class)
                .setParameter("conversation", conversation)
                .setParameter("since", Instant.now().minus(within))
                .getSingleResult();
    }

    /**
     * Stores the message, as the widget would: it goes to the customer's current conversation, and opens it again. Whoever
     * replies to a mail has read it.
     *
     * @return false where the customer was erased meanwhile
     */
    boolean store(SentMail to, UUID id, String messageId, MessageContent content) {
        database.doWork(ErasureLock::shared);
        Optional<CustomerIdentity> customer = customers.find(to.customer());
        if (customer.isEmpty()) {
            return false;
        }
        conversations.customerMessage(customer.get(), id, content);
        database.createNativeMutationQuery("insert into received_mail"
                        + " (id, conversation_id, customer_id, message_id, received_at)"
                        + " values (:id, :conversation, :customer, :message, :now) on conflict do nothing")
                .setParameter("id", id)
                .setParameter("conversation", to.conversation())
                .setParameter("customer", to.customer())
                .setParameter("message", messageId)
                .setParameter("now", Instant.now())
                .executeUpdate();
        marks.customerRead(customer.get(), to.conversation(), to.upTo());
        return true;
    }

    Optional<String> newestOf(UUID conversation) {
        return database.createNativeQuery(
                        "select message_id from received_mail where conversation_id = :conversation"
                                + " order by received_at desc, id limit 1",
                        String.class)
                .setParameter("conversation", conversation)
                .getResultStream()
                .findFirst();
    }

    void forget(@Observes CustomerErasure erasure) {
        database.createNativeMutationQuery("delete from received_mail where customer_id = cast(:customer as uuid)"
                        + " or conversation_id = cast(:conversation as uuid)")
                .setParameter("customer", text(erasure.customer()), String.class)
                .setParameter("conversation", text(erasure.conversation()), String.class)
                .executeUpdate();
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }

    /** As long as a mail can be replied to, so that none becomes a message twice. */
    @Scheduled(every = "1h", delayed = "8m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOld() {
        database.createNativeMutationQuery("delete from received_mail where received_at < :before")
                .setParameter("before", Instant.now().minus(config.keptFor().multipliedBy(2)))
                .executeUpdate();
    }
}
