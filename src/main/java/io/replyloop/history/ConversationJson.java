package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Our own format: {@code {"id", "customer"?, "messages": [{"by": "customer", "text", "at"?}]}}. The list may also be called
 * {@code turns} or {@code events}, as in other collections of dialogues.
 */
final class ConversationJson {
    private ConversationJson() {}

    static boolean looksLike(JsonNode object) {
        return messages(object).isArray()
                && messages(object).path(0).has("by")
                && messages(object).path(0).has("text");
    }

    private static JsonNode messages(JsonNode object) {
        return object.has("messages") ? object.path("messages") : object.path(object.has("turns") ? "turns" : "events");
    }

    static void read(ObjectNode object, int line, TranscriptSink sink) {
        List<Said> said = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonNode message : messages(object)) {
            String text = MessageTidying.of(Fields.text(message, "text", "body"), false);
            Writer by = writer(Fields.text(message, "by", "author"));
            String name = Fields.text(message, "name");
            if (!name.isEmpty()) {
                names.add(name);
            }
            if (message.path("private").asBoolean(false)) {
                sink.leftOut(LeftOut.PRIVATE_NOTE, line);
            } else if (by == null) {
                sink.leftOut(
                        Authors.isSystem(Fields.text(message, "by", "author"))
                                ? LeftOut.SYSTEM
                                : LeftOut.UNKNOWN_AUTHOR,
                        line);
            } else if (text.isEmpty()) {
                sink.leftOut(LeftOut.EMPTY, line);
            } else {
                said.add(new Said(by, text, Fields.time(message, "at", "t", "time", "created_at")));
            }
        }
        sink.conversation(new Transcript(
                line, Fields.text(object, "id"), Fields.all(object, "customer", "customer_id"), names, said));
    }

    private static Writer writer(String by) {
        return Authors.guessed(by.toLowerCase(Locale.ROOT));
    }
}
