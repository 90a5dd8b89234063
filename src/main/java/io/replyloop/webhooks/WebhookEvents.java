package io.replyloop.webhooks;

import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.Rated;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.model.ModelPromoted;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.training.RunFinished;
import io.replyloop.webhooks.Outbox.Receiver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Takes what other packages announce inside their transactions to the outbox. Nothing of a conversation that is marked as
 * spam goes out; what was told of it before stays told.
 */
@ApplicationScoped
class WebhookEvents {
    /** Runs and models have one order together. */
    static final UUID MODELS = new UUID(0, 1);

    private final Outbox outbox;
    private final ConversationService conversations;
    private final InboxActs inbox;
    private final Customers customers;
    private final Session session;

    WebhookEvents(
            Outbox outbox, ConversationService conversations, InboxActs inbox, Customers customers, Session session) {
        this.outbox = outbox;
        this.conversations = conversations;
        this.inbox = inbox;
        this.customers = customers;
        this.session = session;
    }

    /** Before others: what they might store when they hear of this one comes after it. */
    void advanced(@Observes @Priority(Interceptor.Priority.APPLICATION) ConversationAdvanced advanced) {
        ConversationEventView event = advanced.event();
        List<EventType> types = types(event);
        ofConversation(types, advanced.conversation(), (receivers, conversation) -> {
            String names = conversation.customer().everyName();
            for (EventType type : types) {
                outbox.write(receivers, conversation.id(), type, event.at(), texts -> switch (type) {
                    case CONVERSATION_CREATED ->
                        WebhookBodies.created(conversation.id(), customer(conversation), texts);
                    case MESSAGE_CREATED, NOTE_CREATED -> WebhookBodies.written(event, texts, names);
                    case CONVERSATION_ASSIGNED -> WebhookBodies.assigned(event, texts);
                    default -> WebhookBodies.status(event, texts);
                });
            }
        });
    }

    private static List<EventType> types(ConversationEventView event) {
        return switch (event.kind()) {
            case MESSAGE ->
                event.sequence() == 1
                        ? List.of(EventType.CONVERSATION_CREATED, EventType.MESSAGE_CREATED)
                        : List.of(EventType.MESSAGE_CREATED);
            case NOTE -> event.act() == null ? List.of(EventType.NOTE_CREATED) : List.of();
            case ASSIGNEE -> List.of(EventType.CONVERSATION_ASSIGNED);
            case STATUS ->
                List.of(
                        event.status() == ConversationStatus.RESOLVED
                                ? EventType.CONVERSATION_RESOLVED
                                : EventType.CONVERSATION_REOPENED);
            case ACT -> List.of();
        };
    }

    private CustomerIdentity customer(ConversationSummary conversation) {
        ConversationSummary.Customer shown = conversation.customer();
        UUID id = shown.writesAs() == null ? shown.id() : shown.writesAs().id();
        return customers.find(id).orElseThrow();
    }

    void rated(@Observes Rated rated) {
        if (rated.rating().score() == null) {
            return;
        }
        ofConversation(List.of(EventType.CONVERSATION_RATED), rated.rating().conversation(), (receivers, of) -> {
            String names = of.customer().everyName();
            outbox.write(
                    receivers,
                    of.id(),
                    EventType.CONVERSATION_RATED,
                    rated.rating().at(),
                    texts -> WebhookBodies.rated(rated.rating(), texts, names));
        });
    }

    /**
     * Also one about a question that was asked in another desk. Before others: a message locks the order of its conversation
     * before what is learned from it, and so does this.
     */
    void decided(@Observes @Priority(Interceptor.Priority.APPLICATION) DecisionMade decision) {
        List<Receiver> receivers = outbox.receivers(List.of(EventType.DECISION_MADE));
        if (!receivers.isEmpty() && !inbox.isSpam(decision.conversation())) {
            outbox.write(
                    receivers,
                    decision.conversation(),
                    EventType.DECISION_MADE,
                    Instant.now(),
                    texts -> WebhookBodies.decided(decision));
        }
    }

    void finished(@Observes RunFinished run) {
        List<Receiver> receivers = outbox.receivers(List.of(EventType.RUN_FINISHED));
        outbox.write(receivers, MODELS, EventType.RUN_FINISHED, run.finishedAt(), texts -> WebhookBodies.finished(run));
    }

    void promoted(@Observes ModelPromoted promotion) {
        List<Receiver> receivers = outbox.receivers(List.of(EventType.MODEL_PROMOTED));
        outbox.write(
                receivers,
                MODELS,
                EventType.MODEL_PROMOTED,
                promotion.at(),
                texts -> WebhookBodies.promoted(promotion));
    }

    /**
     * What waits and what the log has goes; that the conversation was erased is told, because receivers have copies that
     * they have to erase, too (article 19 of the GDPR).
     */
    void erase(@Observes CustomerErasure erasure) {
        UUID conversation = erasure.conversation();
        if (conversation == null) {
            return;
        }
        // The order first and then what is in it, as whoever stores the outcome of a delivery.
        session.createNativeQuery(
                        "select webhook_id from webhook_stream where stream = :stream order by webhook_id"
                                + " for update",
                        UUID.class)
                .setParameter("stream", conversation)
                .getResultList();
        erasure.removed(
                "webhook-deliveries",
                session.createNativeMutationQuery("delete from webhook_delivery where stream = :stream")
                        .setParameter("stream", conversation)
                        .executeUpdate());
        List<Receiver> receivers = outbox.receivers(List.of(EventType.CONVERSATION_ERASED));
        session.createNativeMutationQuery(
                        "delete from webhook_stream where stream = :stream and not (webhook_id = any(:told))")
                .setParameter("stream", conversation)
                .setParameter("told", receivers.stream().map(Receiver::webhook).toArray(UUID[]::new))
                .executeUpdate();
        outbox.write(
                receivers,
                conversation,
                EventType.CONVERSATION_ERASED,
                Instant.now(),
                texts -> WebhookBodies.erased(conversation, erasure.customer()));
    }

    private interface Writing {
        void to(List<Receiver> receivers, ConversationSummary conversation);
    }

    /** Looks at the conversation only where somebody wants to know of it. */
    private void ofConversation(List<EventType> types, UUID id, Writing writing) {
        List<Receiver> receivers = types.isEmpty() ? List.of() : outbox.receivers(types);
        if (receivers.isEmpty()) {
            return;
        }
        ConversationSummary conversation = conversations.summary(id);
        if (!conversation.isSpam()) {
            writing.to(receivers, conversation);
        }
    }
}
