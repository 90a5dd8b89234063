package io.replyloop.webhooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.RatingView;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.model.ModelPromoted;
import io.replyloop.training.RunFinished;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What receivers read. Written by hand and not from the records of the pages, so that a change of those changes nothing for
 * programs out there; golden files hold each shape.
 */
final class WebhookBodies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WebhookBodies() {}

    /** @param sequence counts what this webhook is told of the same conversation */
    static String envelope(EventType type, Instant at, long sequence, ObjectNode data) {
        ObjectNode body = JSON.objectNode();
        body.put("type", type.wireName());
        body.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
        body.put("sequence", sequence);
        body.set("data", data);
        return body.toString();
    }

    static ObjectNode created(UUID conversation, CustomerIdentity customer, Texts texts) {
        ObjectNode data = of(conversation);
        data.put("site", customer.siteId().toString());
        ObjectNode who = data.putObject("customer");
        who.put("id", customer.id().toString());
        if (texts.namesCustomers()) {
            put(who, "name", customer.name());
            put(who, "email", customer.email());
        }
        return data;
    }

    /** Of a message or note. */
    static ObjectNode written(ConversationEventView event, Texts texts, String names) {
        ObjectNode data = numbered(event);
        put(data, event.kind().wireName(), event.clientId());
        data.set("author", author(event.author(), texts));
        put(data, "text", texts.of(event.text(), names));
        if (event.attachments() != null) {
            ArrayNode files = data.putArray("attachments");
            for (AttachmentView file : event.attachments()) {
                ObjectNode one = files.addObject();
                one.put("id", file.id().toString());
                if (texts.namesCustomers()) {
                    one.put("name", file.name());
                }
                one.put("type", file.type());
                one.put("size", file.size());
            }
        }
        return data;
    }

    static ObjectNode assigned(ConversationEventView event, Texts texts) {
        ObjectNode data = numbered(event);
        person(data, "assignee", event.assigneeId(), event.assigneeName());
        if (event.team() != null) {
            person(data, "team", event.team().id(), event.team().name());
        }
        data.set("by", author(event.author(), texts));
        return data;
    }

    static ObjectNode status(ConversationEventView event, Texts texts) {
        ObjectNode data = numbered(event);
        data.set("by", author(event.author(), texts));
        return data;
    }

    static ObjectNode rated(RatingView rating, Texts texts, String names) {
        ObjectNode data = of(rating.conversation());
        data.put("resolution", rating.resolution());
        data.put("score", rating.score());
        put(data, "comment", texts.of(rating.comment(), names));
        return data;
    }

    static ObjectNode erased(UUID conversation, UUID customer) {
        ObjectNode data = of(conversation);
        put(data, "customer", customer);
        return data;
    }

    static ObjectNode decided(DecisionMade decision) {
        ObjectNode data = of(decision.conversation());
        data.put("decision", decision.decision().toString());
        data.put("impression", decision.impression().toString());
        data.put("outcome", decision.outcome().wireName());
        put(data, "reply", decision.reply());
        data.put("accepted", decision.accepted());
        if (decision.editDistance() != null) {
            data.put("editDistance", decision.editDistance());
        }
        if (decision.reason() != null) {
            data.put("reason", decision.reason().wireName());
        }
        return data;
    }

    static ObjectNode finished(RunFinished run) {
        ObjectNode data = JSON.objectNode();
        data.put("run", run.run().toString());
        data.put("number", run.number());
        data.put("status", run.status());
        data.put("trigger", run.trigger());
        put(data, "model", run.model());
        put(data, "verdict", run.verdict());
        put(data, "error", run.errorCode());
        put(data, "startedAt", run.startedAt());
        put(data, "finishedAt", run.finishedAt());
        return data;
    }

    static ObjectNode promoted(ModelPromoted promotion) {
        ObjectNode data = JSON.objectNode();
        data.put("model", promotion.model().toString());
        data.put("number", promotion.number());
        put(data, "previous", promotion.previous());
        if (promotion.previousNumber() != null) {
            data.put("previousNumber", promotion.previousNumber());
        }
        put(data, "by", promotion.by());
        data.put("automatic", promotion.automatic());
        return data;
    }

    /** @param webhook what people call it */
    static ObjectNode ping(UUID id, String webhook) {
        ObjectNode data = JSON.objectNode();
        data.put("webhook", id.toString());
        data.put("name", webhook);
        return data;
    }

    private static ObjectNode of(UUID conversation) {
        return JSON.objectNode().put("conversation", conversation.toString());
    }

    private static ObjectNode numbered(ConversationEventView event) {
        return of(event.conversation()).put("event", event.sequence());
    }

    private static ObjectNode author(Author author, Texts texts) {
        ObjectNode who = JSON.objectNode();
        who.put("kind", author.kind().wireName());
        put(who, "id", author.id());
        boolean named = author.kind() != AuthorKind.CUSTOMER || texts.namesCustomers();
        if (named && author.name() != null && !author.name().isEmpty()) {
            who.put("name", author.name());
        }
        return who;
    }

    /** Null, and not absent, for nobody: that nobody has it any more is what it says. */
    private static void person(ObjectNode data, String field, UUID id, String name) {
        if (id == null) {
            data.putNull(field);
            return;
        }
        ObjectNode who = data.putObject(field);
        who.put("id", id.toString());
        put(who, "name", name);
    }

    private static void put(ObjectNode data, String field, Object value) {
        if (value != null) {
            data.put(field, value.toString());
        }
    }
}
