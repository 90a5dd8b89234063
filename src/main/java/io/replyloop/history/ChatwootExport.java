package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Conversations with their messages, or messages alone, as Chatwoot's API has them. */
final class ChatwootExport {
    private static final String[] KEYS = {"identifier", "email", "phone_number", "id"};

    private ChatwootExport() {}

    static boolean looksLike(JsonNode object) {
        return isMessage(object) || isMessage(object.path("messages").path(0));
    }

    /** A message that says which conversation it is part of, beside others of other conversations. */
    static boolean isMessage(JsonNode object) {
        return object.has("message_type") && object.has("content");
    }

    static void read(ObjectNode conversation, int line, TranscriptSink sink) {
        JsonNode contact = conversation.path("meta").path("sender");
        List<Said> said = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        names.add(Fields.text(contact, "name"));
        Set<String> customers = new LinkedHashSet<>(Fields.all(contact, KEYS));
        for (JsonNode message : conversation.path("messages")) {
            Said one = said(message, names::add, customers::add, line, sink);
            if (one != null) {
                said.add(one);
            }
        }
        sink.conversation(new Transcript(
                line, Fields.text(conversation, "id", "display_id"), List.copyOf(customers), List.copyOf(names), said));
    }

    /**
     * What is said in a message; null where it is left out.
     *
     * @param names takes what its sender is called, if that is told
     * @param customers takes the ids and addresses of the customer, if it is theirs
     */
    static Said said(
            JsonNode message, Consumer<String> names, Consumer<String> customers, int line, TranscriptSink sink) {
        Fields.all(message.path("sender"), "name").forEach(names);
        if (message.path("private").asBoolean(false)) {
            sink.leftOut(LeftOut.PRIVATE_NOTE, line);
            return null;
        }
        Writer by = switch (Fields.text(message, "message_type")) {
            case "0", "incoming" -> Writer.CUSTOMER;
            case "1", "outgoing" -> isBot(message) ? Writer.BOT : Writer.AGENT;
            // What the product sends by itself, such as a greeting out of hours.
            case "3", "template" -> Writer.BOT;
            default -> null;
        };
        if (by == null) {
            sink.leftOut(LeftOut.SYSTEM, line);
            return null;
        }
        if (by == Writer.CUSTOMER) {
            Fields.all(message.path("sender"), KEYS).forEach(customers);
        }
        String text = MessageTidying.of(Fields.text(message, "content"), false);
        if (text.isEmpty()) {
            sink.leftOut(LeftOut.EMPTY, line);
            return null;
        }
        return new Said(by, text, Fields.time(message, "created_at"));
    }

    private static boolean isBot(JsonNode message) {
        String type = Fields.text(message, "sender_type") + Fields.text(message.path("sender"), "type");
        return type.toLowerCase(Locale.ROOT).contains("bot");
    }
}
