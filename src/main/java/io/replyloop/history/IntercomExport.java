package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Conversations as Intercom's API and its export have them: what it began with, and its parts, in HTML. */
final class IntercomExport {
    private static final Set<String> CUSTOMERS = Set.of("user", "lead", "contact");
    private static final String[] KEYS = {"external_id", "id", "email", "phone"};

    private IntercomExport() {}

    static boolean looksLike(JsonNode object) {
        return object.has("conversation_parts") && (object.has("source") || object.has("conversation_message"));
    }

    static void read(ObjectNode conversation, int line, TranscriptSink sink) {
        List<Said> said = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        JsonNode source = conversation.path(conversation.has("source") ? "source" : "conversation_message");
        add(source, Fields.text(conversation, "created_at"), line, said, names, sink);
        JsonNode parts = conversation.path("conversation_parts");
        for (JsonNode part : parts.isArray() ? parts : parts.path("conversation_parts")) {
            add(part, "", line, said, names, sink);
        }
        Set<String> customers = new LinkedHashSet<>();
        conversation.path("contacts").path("contacts").forEach(contact -> customers.addAll(Fields.all(contact, KEYS)));
        addCustomer(source, customers);
        for (JsonNode part : parts.isArray() ? parts : parts.path("conversation_parts")) {
            addCustomer(part, customers);
        }
        names.remove("");
        sink.conversation(new Transcript(
                line, Fields.text(conversation, "id"), List.copyOf(customers), List.copyOf(names), said));
    }

    private static void addCustomer(JsonNode part, Set<String> customers) {
        JsonNode author = part.path("author");
        if (CUSTOMERS.contains(Fields.text(author, "type"))) {
            customers.addAll(Fields.all(author, KEYS));
        }
    }

    private static void add(
            JsonNode part, String began, int line, List<Said> said, Set<String> names, TranscriptSink sink) {
        JsonNode author = part.path("author");
        names.add(Fields.text(author, "name"));
        String type = Fields.text(part, "part_type");
        if (type.equals("note") || type.equals("note_and_reopen")) {
            sink.leftOut(LeftOut.PRIVATE_NOTE, line);
            return;
        }
        String body = Fields.text(part, "body");
        if (body.isEmpty()) {
            // Somebody was assigned, or something was closed.
            sink.leftOut(type.isEmpty() || type.equals("comment") ? LeftOut.EMPTY : LeftOut.SYSTEM, line);
            return;
        }
        Writer by = switch (Fields.text(author, "type")) {
            case "user", "lead", "contact" -> Writer.CUSTOMER;
            case "admin", "team" -> Writer.AGENT;
            case "bot", "operator" -> Writer.BOT;
            default -> null;
        };
        String text = MessageTidying.of(body, true);
        if (by == null) {
            sink.leftOut(LeftOut.UNKNOWN_AUTHOR, line);
        } else if (text.isEmpty()) {
            sink.leftOut(LeftOut.EMPTY, line);
        } else {
            String at = Fields.text(part, "created_at");
            said.add(new Said(by, text, Fields.time(at.isEmpty() ? began : at)));
        }
    }
}
