package io.replyloop.curation;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.dataset.AllExamples;
import io.replyloop.dataset.ImportedExamples;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.FormulaGuard;
import io.replyloop.platform.Json;
import io.replyloop.platform.WrittenFile;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.hibernate.Session;

/** Writes all examples, whatever they come from, into a file, row by row as the database gives them, in formats that can be imported. */
@ApplicationScoped
class ExampleExport {
    private static final int FETCH = 1_000;

    private static final String EXAMPLES = """
            select coalesce(m.source_id, cast(e.id as text)) as source_id, e.conversation_id,
                coalesce(e.decision_id, e.impression_id) as decision_id, e.impression_id, e.query, e.reply_id, e.reply_text, coalesce(c.reply_version, m.reply_version) as version,
                e.label, e.original_label, e.excluded, e.created_at, coalesce(d.agent_id, m.agent_id) as agent,
                coalesce(d.outcome, m.outcome) as outcome, coalesce(c.position, m.position) as position,
                coalesce(c.shown, m.shown) as shown, coalesce(i.model_number, m.model_number) as model,
                %1$s as side
            %2$se
            left join imported_example m on m.id = e.id
            left join decision d on d.id = e.decision_id
            left join impression i on i.id = e.impression_id
            left join lateral (select position, shown, reply_version from impression_candidate c
                where c.impression_id = e.impression_id and c.reply_id = e.reply_id limit 1) c on true
            left join dataset_side s on s.conversation_id = e.conversation_id
            left join imported_conversation o on o.id = e.conversation_id
            """.formatted(ExampleFilter.SIDE, AllExamples.FROM);

    private static final String OF_SIDE = " where coalesce(" + ExampleFilter.SIDE + ", 'none') = ?";
    private static final String ORDER = " order by e.created_at, source_id, e.reply_text";

    /** Names of files and splits by side, in the words of other programs. */
    private static final Map<String, String> SPLITS = new LinkedHashMap<>();

    static {
        SPLITS.put("train", "train");
        SPLITS.put("dev", "validation");
        SPLITS.put("test", "test");
        SPLITS.put("none", "unassigned");
    }

    private interface Row {
        void write(ImportedExamples.Line line) throws IOException;
    }

    private final Session session;
    private final Path folder;

    ExampleExport(Session session, ApplicationFolder files) {
        this.session = session;
        this.folder = files.folder("example-exports");
    }

    void tidyUp(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(folder);
    }

    @Transactional
    @TransactionConfiguration(timeout = 3600)
    WrittenFile write(ExampleFormat format) throws IOException {
        return WrittenFile.in(folder, out -> {
            switch (format) {
                case JSONL -> each(null, line -> writeJson(line, out));
                case CSV -> writeCsv(out);
                case HUGGING_FACE -> writeDirectory(out);
            }
        });
    }

    private static void writeJson(ImportedExamples.Line line, OutputStream out) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(ExampleLine.json(line)));
        out.write('\n');
    }

    private void writeCsv(OutputStream out) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(ExampleLine.FIELDS.toArray(String[]::new))
                .get();
        CSVPrinter table = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
        each(null, line -> {
            JsonNode json = ExampleLine.json(line);
            for (String field : ExampleLine.FIELDS) {
                table.print(
                        json.path(field).isNull()
                                ? ""
                                : FormulaGuard.guarded(json.path(field).asText()));
            }
            table.println();
        });
        table.flush();
    }

    private void writeDirectory(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        Map<String, Integer> splits = new LinkedHashMap<>();
        for (Map.Entry<String, String> split : SPLITS.entrySet()) {
            int[] count = {0};
            // A split without rows is one that nothing can load.
            each(split.getKey(), line -> {
                if (count[0]++ == 0) {
                    zip.putNextEntry(new ZipEntry("data/" + split.getValue() + ".jsonl"));
                }
                writeJson(line, zip);
            });
            if (count[0] > 0) {
                zip.closeEntry();
                splits.put(split.getValue(), count[0]);
            }
        }
        zip.putNextEntry(new ZipEntry("README.md"));
        zip.write(DatasetCard.of(splits).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    /** @param side of the conversations, or {@code none}; null for all */
    private void each(String side, Row row) throws IOException {
        try {
            session.doWork(database -> read(database, side, row));
        } catch (UncheckedIOException unwritten) {
            throw unwritten.getCause();
        }
    }

    private static void read(Connection database, String side, Row writer) throws SQLException {
        try (PreparedStatement select = database.prepareStatement(EXAMPLES + (side == null ? "" : OF_SIDE) + ORDER)) {
            select.setFetchSize(FETCH);
            if (side != null) {
                select.setString(1, side);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    writer.write(line(row));
                }
            }
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private static ImportedExamples.Line line(ResultSet row) throws SQLException {
        return new ImportedExamples.Line(
                row.getString("source_id"),
                row.getObject("conversation_id", UUID.class),
                row.getObject("decision_id", UUID.class),
                row.getObject("impression_id", UUID.class),
                // Examples of older versions are masked in the background, which may not have come to these yet.
                PersonalData.masked(row.getString("query")),
                row.getObject("reply_id", UUID.class),
                PersonalData.masked(row.getString("reply_text")),
                row.getObject("version", Integer.class),
                row.getDouble("label"),
                row.getObject("original_label", Double.class),
                row.getBoolean("excluded"),
                row.getTimestamp("created_at").toInstant(),
                row.getObject("agent", UUID.class),
                row.getString("outcome"),
                row.getObject("position", Integer.class),
                row.getObject("shown", Boolean.class),
                row.getObject("model", Long.class),
                row.getString("side"));
    }
}
