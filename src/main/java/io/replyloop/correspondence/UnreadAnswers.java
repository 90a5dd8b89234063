package io.replyloop.correspondence;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.EventKind;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.mail.MailAddress;
import io.replyloop.mail.MailKind;
import io.replyloop.mail.Mails;
import io.replyloop.mail.StillWanted;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Answers that their customers have not seen. An agent's message starts the clock of its conversation, in the transaction
 * that stores it; when that runs out, whatever is still unread goes into one mail, at the latest after twice that time, also
 * while the agent goes on writing.
 */
@ApplicationScoped
@Transactional
class UnreadAnswers implements StillWanted {
    /** In one mail; the rest is in the chat. */
    private static final int MOST = 20;

    private final Session database;
    private final Mails mails;
    private final AnswerLetters letters;
    private final ConversationService conversations;
    private final Customers customers;
    private final KnownAddresses addresses;
    private final CorrespondenceConfig config;

    UnreadAnswers(
            Session database,
            Mails mails,
            AnswerLetters letters,
            ConversationService conversations,
            Customers customers,
            KnownAddresses addresses,
            CorrespondenceConfig config) {
        this.database = database;
        this.mails = mails;
        this.letters = letters;
        this.conversations = conversations;
        this.customers = customers;
        this.addresses = addresses;
        this.config = config;
    }

    boolean areMailed() {
        return mails.areOn() && !config.answersAfter().isZero();
    }

    void answered(@Observes ConversationAdvanced advanced) {
        ConversationEventView event = advanced.event();
        if (!areMailed() || event.kind() != EventKind.MESSAGE || event.author().kind() != AuthorKind.AGENT) {
            return;
        }
        Instant now = Instant.now();
        database.createNativeMutationQuery("""
                        insert into unread_answer (conversation_id, first_at, due_at) values (:conversation, :now, :due)
                        on conflict (conversation_id) do update set
                            first_at = coalesce(unread_answer.first_at, excluded.first_at),
                            due_at = least(excluded.due_at, unread_answer.first_at + make_interval(secs => :longest))""")
                .setParameter("conversation", advanced.conversation())
                .setParameter("now", now)
                .setParameter("due", now.plus(config.answersAfter()))
                .setParameter("longest", 2.0 * config.answersAfter().toSeconds())
                .executeUpdate();
    }

    /**
     * Deals with the conversation whose time has run out longest ago.
     *
     * @return false where there is none
     */
    boolean mailOne() {
        // Before any row is locked: an erasure waits for this, or this for the erasure.
        database.doWork(ErasureLock::shared);
        Optional<Tuple> due = database.createNativeQuery(
                        "select conversation_id, mailed from unread_answer where due_at <= :now"
                                + " order by due_at limit 1 for update skip locked",
                        Tuple.class)
                .setParameter("now", Instant.now())
                .getResultStream()
                .findFirst();
        due.ifPresent(row -> {
            UUID conversation = row.get("conversation_id", UUID.class);
            long mailed = row.get("mailed", Long.class);
            mail(conversation, mailed).ifPresentOrElse(now -> settle(conversation, now), () -> putOff(conversation));
        });
        return due.isPresent();
    }

    /** After a failure that is its own: the next one is not to wait for it. */
    void putOffFirst() {
        database.createNativeMutationQuery("update unread_answer set due_at = :later where conversation_id ="
                        + " (select conversation_id from unread_answer where due_at <= :now"
                        + " order by due_at limit 1 for update skip locked)")
                .setParameter("later", Instant.now().plus(config.answersAfter()))
                .setParameter("now", Instant.now())
                .executeUpdate();
    }

    /** How far the customer has been mailed now; empty where their address has had enough mails for the moment. */
    private Optional<Long> mail(UUID id, long mailed) {
        Optional<ConversationSnapshot> found = conversations.find(id);
        if (found.isEmpty()) {
            return Optional.of(mailed);
        }
        ConversationSnapshot now = found.get();
        long seen = Math.max(mailed, now.marks().customerReadPublic());
        List<ConversationEventView> answers = conversations.publicEventsAfter(id, seen, 10 * MOST).stream()
                .filter(event ->
                        event.kind() == EventKind.MESSAGE && event.author().kind() == AuthorKind.AGENT)
                .toList();
        Optional<CustomerIdentity> customer = customers.find(own(now.summary()));
        Optional<MailAddress> to = customer.flatMap(one -> addresses.of(one.id()));
        if (answers.isEmpty() || isBlocked(now) || to.isEmpty()) {
            return Optional.of(mailed);
        }
        List<ConversationEventView> fitting = answers.subList(0, Math.min(MOST, answers.size()));
        boolean more = answers.size() > fitting.size();
        return mails.queue(letters.of(customer.get(), to.get(), id, fitting, more))
                ? Optional.of(answers.get(answers.size() - 1).publicSequence())
                : Optional.empty();
    }

    private void putOff(UUID conversation) {
        database.createNativeMutationQuery(
                        "update unread_answer set due_at = :later where conversation_id = :conversation")
                .setParameter("later", Instant.now().plus(config.answersAfter()))
                .setParameter("conversation", conversation)
                .executeUpdate();
    }

    private void settle(UUID conversation, long mailed) {
        database.createNativeMutationQuery("update unread_answer set first_at = null, due_at = null, mailed = :mailed"
                        + " where conversation_id = :conversation")
                .setParameter("mailed", mailed)
                .setParameter("conversation", conversation)
                .executeUpdate();
    }

    @Override
    public boolean isWanted(MailKind kind, UUID conversation, long upTo) {
        return kind != MailKind.ANSWERS
                || conversations
                        .find(conversation)
                        .filter(now -> now.marks().customerReadPublic() < upTo && !isBlocked(now))
                        .isPresent();
    }

    private static boolean isBlocked(ConversationSnapshot now) {
        return Boolean.TRUE.equals(now.summary().customer().blocked());
    }

    /** Of a customer who was merged into another one, their own id. */
    private static UUID own(ConversationSummary summary) {
        ConversationSummary.Customer customer = summary.customer();
        return customer.writesAs() == null ? customer.id() : customer.writesAs().id();
    }

    void forget(@Observes CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            database.createNativeMutationQuery("delete from unread_answer where conversation_id = :conversation")
                    .setParameter("conversation", erasure.conversation())
                    .executeUpdate();
        }
    }
}
