package io.replyloop.history;

import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that arrive: looked at, and stored on this node until they have been read. */
@ApplicationScoped
class HistoryUploads {
    /** Bytes of a file that tell what kind of file it is. */
    private static final int LOOKED_AT = 2 << 20;

    private final UploadedFiles files;
    private final HistoryService history;

    HistoryUploads(UploadedFiles files, HistoryService history) {
        this.files = files;
        this.history = history;
    }

    FilePreview preview(InputStream body, HistoryFormat format, String encoding, Mapping mapping) {
        Path beginning = null;
        try {
            beginning = Files.createTempFile("history", ".preview");
            Files.copy(body, beginning, StandardCopyOption.REPLACE_EXISTING);
            return preview(new HistoryFile(beginning), format, encoding, mapping);
        } catch (IOException failure) {
            throw new UncheckedIOException("The beginning of a file cannot be stored", failure);
        } finally {
            delete(beginning);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The beginning of a file cannot be deleted", failure);
        }
    }

    private static FilePreview preview(HistoryFile file, HistoryFormat format, String encoding, Mapping mapping)
            throws IOException {
        Charset charset = file.encoding(encoding);
        String head = new String(file.beginning(LOOKED_AT), charset);
        return FilePreview.of(head.startsWith("\uFEFF") ? head.substring(1) : head, charset, format, mapping);
    }

    HistoryImport begin(
            InputStream body, String name, HistoryFormat format, String encoding, Mapping mapping, UUID by) {
        UUID id = UUID.randomUUID();
        try {
            files.store(id, body);
            FilePreview preview = preview(files.of(id), format, encoding, mapping);
            HistoryReading reading = preview.reading();
            if (reading.format().hasColumns() && !reading.mapping().isComplete()) {
                throw new Problem(
                        ProblemCode.IMPORT_INVALID,
                        "Say which columns hold the conversation, the author and the text of a message.");
            }
            return history.begin(id, name, reading, by);
        } catch (IOException failure) {
            files.delete(id);
            throw new UncheckedIOException("The uploaded file cannot be read", failure);
        } catch (RuntimeException refused) {
            files.delete(id);
            throw refused;
        }
    }

    HistoryImport cancel(UUID id) {
        HistoryImport cancelled = history.cancel(id);
        files.delete(id);
        return cancelled;
    }
}
