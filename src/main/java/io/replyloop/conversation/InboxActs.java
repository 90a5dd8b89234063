package io.replyloop.conversation;

import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What keeps the inbox in order: labels, priority, snoozing, spam. Stored as all other acts are, with the client's UUID, under
 * the lock of the conversation, and as an event that customers do not see.
 */
@ApplicationScoped
@Transactional
public class InboxActs {
    private static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

    private final Session session;
    private final ConversationService conversations;
    private final Labels labels;
    private final Event<SpamMarked> spamMarked;

    InboxActs(Session session, ConversationService conversations, Labels labels, Event<SpamMarked> spamMarked) {
        this.session = session;
        this.conversations = conversations;
        this.labels = labels;
        this.spamMarked = spamMarked;
    }

    public Posted act(SignedInAgent agent, UUID conversationId, UUID clientId, InboxAct asked) {
        Conversation conversation = Conversation.locked(conversationId);
        Author author = Author.of(agent);
        return conversations.once(conversation, EventKind.ACT, author, clientId, asked, () -> {
            InboxAct act = checked(asked);
            ConversationEvent event = conversation.act(author, clientId, act);
            if (event != null && (act.what() == InboxAct.What.SPAM || act.what() == InboxAct.What.NO_SPAM)) {
                spamMarked.fire(new SpamMarked(conversation.id, conversation.spam));
            }
            return event;
        });
    }

    /** Those whose time has come, at most so many, the earliest first. */
    List<UUID> due(int most) {
        return session.createNativeQuery(
                        "select id from conversation where snoozed_until <= :now order by snoozed_until, id limit :most",
                        UUID.class)
                .setParameter("now", Instant.now())
                .setParameter("most", most)
                .getResultList();
    }

    /** Of several nodes that do so at once, one wakes it; the others find it awake. */
    void wake(UUID conversationId) {
        Conversation conversation = Conversation.locked(conversationId);
        if (conversation.snoozedUntil != null && !conversation.snoozedUntil.isAfter(Instant.now())) {
            conversations.store(conversation.act(Author.APPLICATION, null, InboxAct.WOKEN));
        }
    }

    /** Whether nothing is to be suggested for it, or learned from it. */
    public boolean isSpam(UUID conversation) {
        return session.createNativeQuery(
                        "select exists (select from conversation where id = :id and spam)", Boolean.class)
                .setParameter("id", conversation)
                .getSingleResult();
    }

    private InboxAct checked(InboxAct act) {
        return switch (act.what()) {
            case LABELLED ->
                act.called(labels.find(act.label())
                        .orElseThrow(() -> Problem.notFound("label"))
                        .name());
            // One that was deleted can be taken off all the same.
            case UNLABELLED ->
                act.called(labels.find(act.label()).map(LabelView::name).orElse(""));
            case SNOOZED -> {
                Instant now = Instant.now();
                if (!act.until().isAfter(now) || act.until().isAfter(now.plus(LONGEST_SNOOZE))) {
                    throw new Problem(
                            ProblemCode.INVALID, "A conversation can be put off until a time within the next year.");
                }
                // As the database keeps it, so that a repeated act is known for the same.
                yield InboxAct.snooze(act.until().truncatedTo(ChronoUnit.MILLIS));
            }
            default -> act;
        };
    }
}
