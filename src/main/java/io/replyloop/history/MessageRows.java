package io.replyloop.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files with a row for each message. The rows of a conversation need not stand together, and may be in any order. */
final class MessageRows {
    private static final String SYSTEM = "system";

    private final Mapping mapping;
    private final TranscriptSink sink;
    private final HistoryConfig config;
    private final Map<String, Rows> conversations = new LinkedHashMap<>();
    private final HeldMemory memory;
    private int held;

    /** @param mapping which field is what; null for Chatwoot's messages, which say it themselves */
    MessageRows(Mapping mapping, TranscriptSink sink, HistoryConfig config) {
        this.mapping = mapping;
        this.sink = sink;
        this.config = config;
        this.memory = new HeldMemory(config);
    }

    private static final class Rows {
        private final int line;
        private final List<Said> said = new ArrayList<>();
        private final Set<String> customers = new LinkedHashSet<>();
        private final Set<String> names = new LinkedHashSet<>();

        Rows(int line) {
            this.line = line;
        }
    }

    void add(ObjectNode row, int line) {
        if (mapping == null) {
            Rows rows = rows(Fields.text(row, "conversation_id"), line);
            if (rows != null) {
                Said said = ChatwootExport.said(
                        row, name -> hold(rows.names, name), key -> hold(rows.customers, key), line, sink);
                if (said != null) {
                    hold(rows, said);
                }
            }
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

    void add(String conversation, String author, String text, String at, String customer, int line) {
        if (conversation.isEmpty()) {
            sink.leftOut(LeftOut.NO_CONVERSATION, line);
            return;
        }
        Rows rows = rows(conversation, line);
        if (rows == null) {
            return;
        }
        addName(rows.names, author);
        addName(rows.names, customer);
        if (!customer.isEmpty()) {
            hold(rows.customers, customer);
        }
        if (mapping.ignored().contains(author)) {
            sink.leftOut(LeftOut.SYSTEM, line);
            return;
        }
        boolean isUnnamed = isUnnamed(author);
        if (isUnnamed && SYSTEM.equals(mapping.others())) {
            sink.leftOut(LeftOut.SYSTEM, line);
            return;
        }
        Writer by = isUnnamed ? ofOthers() : writer(author);
        String said = by == null ? "" : MessageTidying.of(text, false);
        if (by == null) {
            sink.leftOut(Authors.isSystem(author) ? LeftOut.SYSTEM : LeftOut.UNKNOWN_AUTHOR, line);
        } else if (said.isEmpty()) {
            sink.leftOut(LeftOut.EMPTY, line);
        } else {
            if (isUnnamed) {
                sink.byOthers();
            }
            hold(rows, new Said(by, said, Fields.time(at)));
        }
    }

    /** All of them are in memory until the file is read to its end: whatever is too much has to be refused before that. */
    private void hold(Rows rows, Said said) {
        memory.take(HeldMemory.MESSAGE, said.text());
        rows.said.add(said);
        if (++held > config.messages()) {
            throw new Problem(
                    ProblemCode.IMPORT_INVALID,
                    "The file has more than " + config.messages()
                            + " messages. Split it, so that each conversation is in"
                            + " one part, and import the parts one after the other.");
        }
    }

    private void hold(Set<String> names, String name) {
        if (names.size() < Transcript.MOST_NAMES && names.add(name)) {
            memory.take(HeldMemory.NAME, name);
        }
    }

    /** What a row calls people, where that is no role. */
    private void addName(Set<String> names, String name) {
        if (!name.isEmpty()
                && Authors.guessed(name) == null
                && !Authors.isSystem(name)
                && name.codePoints().anyMatch(Character::isLetter)) {
            hold(names, name);
        }
    }

    /** Somebody of whom neither the name nor anybody says what they are. */
    private boolean isUnnamed(String author) {
        return !author.isEmpty()
                && !mapping.agents().contains(author)
                && !mapping.bots().contains(author)
                && !mapping.customers().contains(author)
                && Authors.guessed(author) == null
                && !Authors.isSystem(author);
    }

    private Writer ofOthers() {
        if (mapping.others() == null) {
            return mapping.agents().isEmpty() ? null : Writer.CUSTOMER;
        }
        return mapping.others().equals("agent") ? Writer.AGENT : Writer.CUSTOMER;
    }

    /** Whoever somebody has said to be an agent is one; where nobody has said anything, the name decides. */
    private Writer writer(String author) {
        if (mapping.agents().contains(author)) {
            return Writer.AGENT;
        }
        if (mapping.bots().contains(author)) {
            return Writer.BOT;
        }
        return mapping.customers().contains(author) ? Writer.CUSTOMER : Authors.guessed(author);
    }

    /** Null beyond what an import may have. */
    private Rows rows(String conversation, int line) {
        Rows known = conversations.get(conversation);
        if (known != null) {
            return known;
        }
        if (conversations.size() >= config.conversations()) {
            sink.leftOut(LeftOut.TOO_MANY_CONVERSATIONS, line);
            return null;
        }
        memory.take(HeldMemory.CONVERSATION, conversation);
        Rows fresh = new Rows(line);
        conversations.put(conversation, fresh);
        return fresh;
    }

    /** At the end of the file. What is passed on need not be held any longer. */
    void finish() {
        Iterator<Map.Entry<String, Rows>> each = conversations.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Rows> one = each.next();
            each.remove();
            sink.progress();
            pass(one.getKey(), one.getValue());
        }
    }

    private void pass(String id, Rows rows) {
        if (mapping == null) {
            rows.said.sort(Comparator.comparing(Said::at, Comparator.nullsFirst(Comparator.naturalOrder())));
        } else if (rows.said.stream().noneMatch(said -> said.at() == null)) {
            rows.said.sort(Comparator.comparing(Said::at));
        }
        sink.conversation(
                new Transcript(rows.line, id, List.copyOf(rows.customers), List.copyOf(rows.names), rows.said));
    }
}
