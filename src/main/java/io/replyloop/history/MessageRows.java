package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.history.HistoryReading.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files with a row for each message. The rows of a conversation need not stand together, and may be in any order. */
final class MessageRows {
    private final Mapping mapping;
    private final TranscriptSink sink;
    private final Map<String, Rows> conversations = new LinkedHashMap<>();

    /** @param mapping which field is what; null for Chatwoot's messages, which say it themselves */
    MessageRows(Mapping mapping, TranscriptSink sink) {
        this.mapping = mapping;
        this.sink = sink;
    }

    private static final class Rows {
        private final int line;
        private final List<Said> said = new ArrayList<>();
        private final List<JsonNode> messages = new ArrayList<>();
        private String customer = "";

        Rows(int line) {
            this.line = line;
        }
    }

    void add(ObjectNode row, int line) {
        if (mapping == null) {
            rows(Fields.text(row, "conversation_id"), line).messages.add(slim(row));
        } else {
            add(
                    Fields.text(row, mapping.conversation()),
                    Fields.text(row, mapping.author()),
                    Fields.text(row, mapping.text()),
                    mapping.at() == null ? "" : Fields.text(row, mapping.at()),
                    mapping.customer() == null ? "" : Fields.text(row, mapping.customer()),
                    line);
        }
    }

    /** What is needed of a message; the rest would fill the memory. */
    private static ObjectNode slim(ObjectNode message) {
        ObjectNode slim = message.objectNode();
        for (String name : List.of("message_type", "private", "content", "created_at", "sender_type")) {
            if (message.has(name)) {
                slim.set(name, message.get(name));
            }
        }
        JsonNode sender = message.path("sender");
        ObjectNode who = slim.putObject("sender");
        for (String name : List.of("name", "type", "identifier", "email", "id")) {
            if (sender.has(name)) {
                who.set(name, sender.get(name));
            }
        }
        return slim;
    }

    void add(String conversation, String author, String text, String at, String customer, int line) {
        if (conversation.isEmpty()) {
            sink.leftOut(LeftOut.NO_CONVERSATION, line);
            return;
        }
        Rows rows = rows(conversation, line);
        if (rows.customer.isEmpty()) {
            rows.customer = customer;
        }
        if (mapping.ignored().contains(author)) {
            sink.leftOut(LeftOut.SYSTEM, line);
            return;
        }
        Writer by = writer(author);
        String said = by == null ? "" : MessageTidying.of(text, false);
        if (by == null) {
            sink.leftOut(Authors.isSystem(author) ? LeftOut.SYSTEM : LeftOut.UNKNOWN_AUTHOR, line);
        } else if (said.isEmpty()) {
            sink.leftOut(LeftOut.EMPTY, line);
        } else {
            rows.said.add(new Said(by, said, Fields.time(at)));
        }
    }

    /** Whoever somebody has said to be an agent is one; where nobody has said anything, the name decides. */
    private Writer writer(String author) {
        if (mapping.agents().contains(author)) {
            return Writer.AGENT;
        }
        if (mapping.bots().contains(author)) {
            return Writer.BOT;
        }
        Writer guessed = Authors.guessed(author);
        if (guessed == null && !mapping.agents().isEmpty() && !author.isEmpty() && !Authors.isSystem(author)) {
            return Writer.CUSTOMER;
        }
        return guessed;
    }

    private Rows rows(String conversation, int line) {
        return conversations.computeIfAbsent(conversation, id -> new Rows(line));
    }

    /** At the end of the file. */
    void finish() {
        conversations.forEach((id, rows) -> {
            if (mapping == null) {
                rows.messages.sort(Comparator.comparing(
                        message -> Fields.time(message, "created_at"),
                        Comparator.nullsFirst(Comparator.naturalOrder())));
                ChatwootExport.conversation(id, MissingNode.getInstance(), rows.messages, rows.line, sink);
            } else {
                if (rows.said.stream().noneMatch(said -> said.at() == null)) {
                    rows.said.sort(Comparator.comparing(Said::at));
                }
                sink.conversation(new Transcript(rows.line, id, rows.customer, List.of(), rows.said));
            }
        });
        conversations.clear();
    }
}
