package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tickets with their comments, as Zendesk's JSON export and its API have them; users beside them, before or after, tell who
 * is an agent. Where nothing tells, whoever is not the requester is one.
 */
final class ZendeskExport {
    private static final String[] KEYS = {"id", "email", "phone", "external_id"};

    private record User(boolean isAgent, String name, List<String> keys) {}

    private final Map<String, User> users = new HashMap<>();
    private final HeldMemory memory;

    ZendeskExport(HeldMemory memory) {
        this.memory = memory;
    }

    static boolean looksLike(JsonNode object) {
        return object.path("comments").isArray() && (object.has("requester_id") || object.has("subject"))
                || isUser(object);
    }

    private static boolean isUser(JsonNode object) {
        return object.has("role") && object.has("id") && !object.has("comments");
    }

    /** The first time through the file. */
    void learn(ObjectNode object) {
        if (isUser(object)) {
            String id = Fields.text(object, "id");
            String name = Fields.text(object, "name");
            List<String> keys = Fields.all(object, KEYS);
            memory.take(HeldMemory.MESSAGE, id);
            memory.take(HeldMemory.NAME, name);
            keys.forEach(key -> memory.take(HeldMemory.NAME, key));
            users.put(id, new User(isAgent(Fields.text(object, "role")), name, keys));
        }
    }

    private static boolean isAgent(String role) {
        return role.equals("agent") || role.equals("admin");
    }

    void read(ObjectNode ticket, int line, TranscriptSink sink) {
        if (isUser(ticket)) {
            return;
        }
        String requester = Fields.text(ticket, "requester_id");
        List<Said> said = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        addName(names, users.get(requester));
        names.add(Fields.text(ticket.path("requester"), "name"));
        Set<String> customers = new LinkedHashSet<>(Fields.all(ticket, "requester_id"));
        customers.addAll(Fields.all(ticket.path("requester"), KEYS));
        if (users.containsKey(requester)) {
            customers.addAll(users.get(requester).keys());
        }
        for (JsonNode comment : ticket.path("comments")) {
            String author = Fields.text(comment, "author_id");
            addName(names, users.get(author));
            names.add(Fields.text(comment.path("author"), "name"));
            if (comment.has("public") && !comment.path("public").asBoolean(true)) {
                sink.leftOut(LeftOut.PRIVATE_NOTE, line);
                continue;
            }
            String plain = Fields.text(comment, "plain_body", "body");
            String text = plain.isEmpty()
                    ? MessageTidying.of(Fields.text(comment, "html_body"), true)
                    : MessageTidying.of(plain, false);
            if (text.isEmpty()) {
                sink.leftOut(LeftOut.EMPTY, line);
            } else {
                said.add(new Said(writer(author, requester, comment), text, Fields.time(comment, "created_at")));
            }
        }
        names.remove("");
        sink.conversation(
                new Transcript(line, Fields.text(ticket, "id"), List.copyOf(customers), List.copyOf(names), said));
    }

    private Writer writer(String author, String requester, JsonNode comment) {
        String role = Fields.text(comment.path("author"), "role");
        if (author.equals(requester) && !author.isEmpty()) {
            return Writer.CUSTOMER;
        }
        User known = users.get(author);
        boolean isAgent = known != null ? known.isAgent() : role.isEmpty() || isAgent(role);
        return isAgent ? Writer.AGENT : Writer.CUSTOMER;
    }

    private static void addName(Set<String> names, User user) {
        if (user != null) {
            names.add(user.name());
        }
    }
}
