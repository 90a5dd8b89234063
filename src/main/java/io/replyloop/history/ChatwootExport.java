package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
        List<JsonNode> messages = new ArrayList<>();
        conversation.path("messages").forEach(messages::add);
        JsonNode contact = conversation.path("meta").path("sender");
        conversation(Fields.text(conversation, "id", "display_id"), contact, messages, line, sink);
    }

    /** @param contact the customer; missing where only the messages tell */
    static void conversation(String id, JsonNode contact, List<JsonNode> messages, int line, TranscriptSink sink) {
        List<Said> said = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        names.add(Fields.text(contact, "name"));
        Set<String> customers = new LinkedHashSet<>(Fields.all(contact, KEYS));
        for (JsonNode message : messages) {
            names.add(Fields.text(message.path("sender"), "name"));
            if (message.path("private").asBoolean(false)) {
                sink.leftOut(LeftOut.PRIVATE_NOTE, line);
                continue;
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
                continue;
            }
            if (by == Writer.CUSTOMER) {
                customers.addAll(Fields.all(message.path("sender"), KEYS));
            }
            String text = MessageTidying.of(Fields.text(message, "content"), false);
            if (text.isEmpty()) {
                sink.leftOut(LeftOut.EMPTY, line);
            } else {
                said.add(new Said(by, text, Fields.time(message, "created_at")));
            }
        }
        names.remove("");
        sink.conversation(new Transcript(line, id, List.copyOf(customers), List.copyOf(names), said));
    }

    private static boolean isBot(JsonNode message) {
        String type = Fields.text(message, "sender_type") + Fields.text(message.path("sender"), "type");
        return type.toLowerCase(Locale.ROOT).contains("bot");
    }
}
