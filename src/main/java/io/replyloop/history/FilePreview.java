package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.exchange.TextOfFile;
import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the beginning of a file tells: what kind of file it is, and for tables which column may be what. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "HistoryPreview")
public record FilePreview(
        @Schema(description = "How the file would be read", required = true)
        HistoryReading reading,

        @Schema(description = "The columns of a table, or the fields of messages in JSON", required = true)
        List<Column> columns,

        @Schema(
                description = "Who writes, by the column that is taken for the author, with what each is taken for",
                required = true)
        List<Author> authors,

        @Schema(description = "Whether nothing more has to be said", required = true)
        boolean complete) {

    @Schema(name = "HistoryColumn")
    record Column(
            @Schema(description = "Its name", examples = "ticket_id", required = true)
            String name,

            @Schema(description = "What is in it, as the file has it", required = true)
            List<String> examples) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HistoryAuthor")
    record Author(
            @Schema(description = "As the file has it", examples = "agent", required = true)
            String value,

            @Schema(
                    description = "What it is taken for: customer, agent, bot or system; absent where nobody knows",
                    examples = "agent")
            String role) {}

    private static final int EXAMPLES = 3;
    private static final int LONGEST_EXAMPLE = 120;
    private static final int ROWS = 2_000;
    private static final int MOST_AUTHORS = 60;
    private static final Map<String, List<String>> NAMES = Map.of(
            "conversation",
            List.of(
                    "conversation",
                    "conversation_id",
                    "conversationid",
                    "ticket_id",
                    "ticket id",
                    "ticketid",
                    "ticket",
                    "chat_id",
                    "chat id",
                    "thread_id",
                    "thread",
                    "session_id",
                    "session",
                    "case_id",
                    "case number",
                    "dialogue",
                    "dialog_id",
                    "会话id",
                    "会话",
                    "工单",
                    "对话"),
            "author",
            List.of(
                    "by",
                    "author",
                    "from",
                    "sender",
                    "sender_type",
                    "author_type",
                    "role",
                    "direction",
                    "speaker",
                    "author_role",
                    "who",
                    "type",
                    "发送者",
                    "发送人",
                    "角色",
                    "说话人"),
            "text",
            List.of(
                    "text",
                    "body",
                    "message",
                    "content",
                    "comment",
                    "message_text",
                    "plain_body",
                    "utterance",
                    "内容",
                    "消息",
                    "文本"),
            "at",
            List.of("at", "time", "created_at", "timestamp", "date", "sent_at", "datetime", "created", "时间", "日期"),
            "customer",
            List.of(
                    "customer",
                    "customer_id",
                    "customer_email",
                    "email",
                    "requester",
                    "requester_id",
                    "contact",
                    "user_id",
                    "客户",
                    "客户id"));

    /**
     * @param head the beginning of the file, decoded; the last line may be cut
     * @param asked null for what is to be found out
     */
    static FilePreview of(String head, Charset encoding, HistoryFormat asked, Mapping wanted) {
        String start = head.stripLeading();
        boolean isJson = start.startsWith("{") || start.startsWith("[");
        if (asked == HistoryFormat.CSV || asked == null && !isJson) {
            return ofTable(head, encoding, wanted);
        }
        List<ObjectNode> objects = objects(head);
        HistoryFormat format = asked == null ? format(objects) : asked;
        if (format == null) {
            throw new Problem(
                    ProblemCode.IMPORT_INVALID,
                    "No conversations are found at the beginning of the file. Choose its format, or see in the"
                            + " documentation what is read.");
        }
        if (!format.hasColumns()) {
            HistoryReading reading = new HistoryReading(format, encoding.name(), null, null);
            return new FilePreview(reading, List.of(), List.of(), true);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (ObjectNode object : objects) {
            Map<String, String> row = new LinkedHashMap<>();
            object.properties().forEach(field -> {
                if (field.getValue().isValueNode() && names.size() < FileReader.MOST_COLUMNS) {
                    names.add(field.getKey());
                    row.put(field.getKey(), field.getValue().asText());
                }
            });
            rows.add(row);
        }
        return ofRows(format, encoding, null, names, rows, wanted);
    }

    private static HistoryFormat format(List<ObjectNode> objects) {
        for (JsonNode object : objects) {
            if (IntercomExport.looksLike(object)) {
                return HistoryFormat.INTERCOM;
            }
            if (ZendeskExport.looksLike(object)) {
                return HistoryFormat.ZENDESK;
            }
            if (ChatwootExport.looksLike(object)) {
                return HistoryFormat.CHATWOOT;
            }
            if (ConversationJson.looksLike(object)) {
                return HistoryFormat.CONVERSATIONS;
            }
        }
        boolean flat = objects.stream().anyMatch(object -> find("text", fieldNames(object)) != null);
        return flat ? HistoryFormat.MESSAGES : null;
    }

    private static List<String> fieldNames(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** As many as are whole. */
    private static List<ObjectNode> objects(String head) {
        List<ObjectNode> objects = new ArrayList<>();
        TranscriptSink nobody = new TranscriptSink() {
            @Override
            public void conversation(Transcript transcript) {}

            @Override
            public void leftOut(LeftOut why, int line) {}
        };
        try {
            JsonDocuments.read(
                    new StringReader(head),
                    (object, line) -> {
                        if (objects.size() < ROWS) {
                            objects.add(object);
                        }
                    },
                    nobody);
        } catch (JsonProcessingException cut) {
            // The beginning of a file ends anywhere.
            return objects;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return objects;
    }

    private static FilePreview ofTable(String head, Charset encoding, Mapping wanted) {
        char separator = TextOfFile.separator(head);
        List<String> columns = List.of();
        List<Map<String, String>> rows = new ArrayList<>();
        try (CSVParser parser = FileReader.parser(new StringReader(head), separator)) {
            for (CSVRecord record : parser) {
                if (columns.isEmpty()) {
                    columns = FileReader.columns(record);
                } else if (rows.size() < ROWS) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < Math.min(columns.size(), record.size()); i++) {
                        row.put(columns.get(i), record.get(i));
                    }
                    rows.add(row);
                }
            }
        } catch (UncheckedIOException | IOException cut) {
            // A quoted cell goes on beyond the beginning of the file; what came before it is enough.
            return ofRows(HistoryFormat.CSV, encoding, separator, columns, rows, wanted);
        }
        return ofRows(HistoryFormat.CSV, encoding, separator, columns, rows, wanted);
    }

    private static FilePreview ofRows(
            HistoryFormat format,
            Charset encoding,
            Character separator,
            Collection<String> names,
            List<Map<String, String>> rows,
            Mapping wanted) {
        Mapping found = mapping(names, wanted);
        List<Column> columns = names.stream()
                .map(name -> new Column(name, examples(name, rows)))
                .toList();
        List<Author> authors = authors(found, rows);
        boolean known = authors.stream().anyMatch(author -> "agent".equals(author.role()))
                && authors.stream().allMatch(author -> author.role() != null);
        HistoryReading reading =
                new HistoryReading(format, encoding.name(), separator == null ? null : separator.toString(), found);
        return new FilePreview(reading, columns, authors, found.isComplete() && known);
    }

    private static Mapping mapping(Collection<String> names, Mapping wanted) {
        Mapping none = new Mapping(null, null, null, null, null, List.of(), List.of(), List.of(), List.of(), null);
        Mapping said = wanted == null ? none : wanted;
        return new Mapping(
                said.conversation() == null ? find("conversation", names) : there(said.conversation(), names),
                said.author() == null ? find("author", names) : there(said.author(), names),
                said.text() == null ? find("text", names) : there(said.text(), names),
                said.at() == null ? find("at", names) : there(said.at(), names),
                said.customer() == null ? find("customer", names) : there(said.customer(), names),
                said.agents(),
                said.bots(),
                said.ignored(),
                said.customers(),
                said.others());
    }

    /** An empty name is none: somebody has said that there is no such column. */
    private static String there(String name, Collection<String> names) {
        return names.contains(name) ? name : null;
    }

    private static String find(String field, Collection<String> names) {
        for (String known : NAMES.get(field)) {
            for (String name : names) {
                if (name.strip().toLowerCase(Locale.ROOT).equals(known)) {
                    return name;
                }
            }
        }
        return null;
    }

    private static List<String> examples(String name, List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> row.getOrDefault(name, "").strip())
                .filter(cell -> !cell.isEmpty())
                .distinct()
                .limit(EXAMPLES)
                .map(FilePreview::shown)
                .toList();
    }

    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_EXAMPLE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_EXAMPLE)) + "…";
    }

    private static List<Author> authors(Mapping mapping, List<Map<String, String>> rows) {
        if (mapping.author() == null) {
            return List.of();
        }
        return rows.stream()
                .map(row -> row.getOrDefault(mapping.author(), "").strip())
                .filter(value -> !value.isEmpty())
                .distinct()
                .limit(MOST_AUTHORS)
                .map(value -> new Author(value, role(value, mapping)))
                .toList();
    }

    private static String role(String value, Mapping mapping) {
        if (mapping.agents().contains(value)) {
            return "agent";
        }
        if (mapping.bots().contains(value)) {
            return "bot";
        }
        if (mapping.ignored().contains(value) || Authors.isSystem(value)) {
            return "system";
        }
        if (mapping.customers().contains(value)) {
            return "customer";
        }
        Writer guessed = Authors.guessed(value);
        if (guessed == null && mapping.others() != null) {
            return mapping.others();
        }
        if (guessed == null) {
            return mapping.agents().isEmpty() ? null : "customer";
        }
        return guessed.name().toLowerCase(Locale.ROOT);
    }
}
