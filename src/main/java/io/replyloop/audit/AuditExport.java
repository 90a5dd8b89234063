package io.replyloop.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.FormulaGuard;
import io.replyloop.platform.Json;
import io.replyloop.platform.WrittenFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes what a filter selects, newest first. It is read in parts, each in a transaction of its own, so neither memory
 * nor a connection is held by a log of years.
 */
@ApplicationScoped
class AuditExport {
    private static final int PART = 1_000;
    private static final ObjectWriter JSON = Json.MAPPER.writer();
    private static final String[] COLUMNS = {
        "id",
        "at",
        "actorKind",
        "actorId",
        "actorName",
        "address",
        "action",
        "objectKind",
        "objectId",
        "label",
        "before",
        "after",
        "erasedAt"
    };

    private final AuditLog log;
    private final Path folder;

    AuditExport(AuditLog log, ApplicationFolder files) {
        this.log = log;
        this.folder = files.folder("audit-exports");
    }

    void tidyUp(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(folder);
    }

    WrittenFile write(ExportFormat format, AuditFilter filter) throws IOException {
        return WrittenFile.in(folder, out -> {
            if (format == ExportFormat.CSV) {
                writeTable(filter, out);
            } else {
                each(filter, entry -> {
                    out.write(JSON.writeValueAsBytes(object(entry)));
                    out.write('\n');
                });
            }
        });
    }

    private interface Sink {
        void take(AuditEntryView entry) throws IOException;
    }

    private void each(AuditFilter filter, Sink sink) throws IOException {
        long before = Long.MAX_VALUE;
        List<AuditEntryView> part;
        do {
            part = log.before(filter, before, PART);
            for (AuditEntryView entry : part) {
                sink.take(entry);
                before = entry.id();
            }
        } while (part.size() == PART);
    }

    private void writeTable(AuditFilter filter, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // Without this mark, spreadsheets read Chinese as something else.
        writer.write('\uFEFF');
        CSVPrinter table = new CSVPrinter(writer, CSVFormat.RFC4180);
        table.printRecord((Object[]) COLUMNS);
        each(
                filter,
                entry -> table.printRecord(
                        entry.id(),
                        entry.at(),
                        entry.actorKind(),
                        entry.actorId(),
                        FormulaGuard.guarded(entry.actorName()),
                        entry.address(),
                        entry.action(),
                        entry.objectKind(),
                        FormulaGuard.guarded(entry.objectId()),
                        FormulaGuard.guarded(entry.label()),
                        cell(entry.before()),
                        cell(entry.after()),
                        entry.erasedAt()));
        table.flush();
    }

    private static String cell(JsonNode json) {
        return json == null ? null : FormulaGuard.guarded(json.toString());
    }

    /** The same names as in the answers of the REST interface. */
    private static ObjectNode object(AuditEntryView entry) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.put("id", entry.id());
        Object[] texts = {
            entry.at(),
            entry.actorKind(),
            entry.actorId(),
            entry.actorName(),
            entry.address(),
            entry.action(),
            entry.objectKind(),
            entry.objectId(),
            entry.label()
        };
        for (int at = 0; at < texts.length; at++) {
            if (texts[at] != null) {
                object.put(COLUMNS[at + 1], texts[at].toString());
            }
        }
        if (entry.before() != null) {
            object.set("before", entry.before());
        }
        if (entry.after() != null) {
            object.set("after", entry.after());
        }
        if (entry.erasedAt() != null) {
            object.put("erasedAt", Objects.toString(entry.erasedAt()));
        }
        return object;
    }
}
