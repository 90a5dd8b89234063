package io.replyloop.retrieval;

import io.replyloop.platform.WholeFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.jboss.logging.Logger;

/**
 * The folder in which a node keeps what it has learned, so that it need not learn it again at the next start: the index
 * of answered questions and the regression over them. If anything in it is unusable, it is rebuilt from the database.
 */
final class IndexFolder {
    private static final Logger LOG = Logger.getLogger(IndexFolder.class);

    static final long NOTHING = -1;

    private static final String QUESTIONS = "questions";
    private static final String REVISION = "revision";
    private static final String KEY = "key";
    private static final String REGRESSION = "regression";
    /** Increased whenever the format of the files changes. */
    private static final String FORMAT = "2 ";

    private final Path folder;
    private final String key;
    private final LiveIndex questions;
    private final ReplyRegression regression;
    private final long revision;

    private IndexFolder(Path folder, String key, LiveIndex questions, ReplyRegression regression, long revision) {
        this.folder = folder;
        this.key = key;
        this.questions = questions;
        this.regression = regression;
        this.revision = revision;
    }

    /** A folder that exists in memory only. */
    static IndexFolder inMemory() {
        return new IndexFolder(null, "", new LiveIndex(new ReplyAnalyzer()), new ReplyRegression(), NOTHING);
    }

    /** The folder for these contents. */
    static Path of(Path all, String key) {
        return all.resolve(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /**
     * Deletes such a folder unless a process is using it.
     *
     * @return false if a process is using it
     */
    static boolean deleteUnlessUsed(Path folder) throws IOException {
        Path questions = folder.resolve(QUESTIONS);
        if (Files.isDirectory(questions)) {
            try (Directory directory = FSDirectory.open(questions);
                    Lock held = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
                held.ensureValid();
                delete(folder, questions.resolve(IndexWriter.WRITE_LOCK_NAME));
            } catch (LockObtainFailedException used) {
                return false;
            }
        }
        delete(folder, null);
        return true;
    }

    private static void delete(Path folder, Path but) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean kept = but != null && but.startsWith(file);
                if (!kept) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Deletes the folders of other contents that no process is using, once this one can replace them. */
    private void deleteOthers() throws IOException {
        try (Stream<Path> folders = Files.list(folder.getParent())) {
            for (Path other : folders.filter(one -> !one.equals(folder)).toList()) {
                deleteUnlessUsed(other);
            }
        }
    }

    /**
     * Opens the folder with what was saved for these contents up to this revision; empty if nothing suitable was saved.
     */
    static IndexFolder open(Path folder, String contents, long newest) throws IOException {
        Files.createDirectories(folder);
        String key = FORMAT + contents;
        ReplyRegression[] read = new ReplyRegression[1];
        long[] revision = {NOTHING};
        LiveIndex questions = new LiveIndex(new ReplyAnalyzer(), folder.resolve(QUESTIONS), notes -> {
            if (key.equals(notes.get(KEY)) && Long.parseLong(notes.get(REVISION)) <= newest) {
                read[0] = read(folder.resolve(notes.get(REGRESSION)));
                revision[0] = read[0] == null ? NOTHING : Long.parseLong(notes.get(REVISION));
            }
            return read[0] != null;
        });
        return new IndexFolder(folder, key, questions, read[0] == null ? new ReplyRegression() : read[0], revision[0]);
    }

    private static ReplyRegression read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return ReplyRegression.read(in);
        } catch (IOException | RuntimeException damaged) {
            LOG.warnf("%s cannot be read and will be learned again: %s", file, damaged);
            return null;
        }
    }

    LiveIndex questions() {
        return questions;
    }

    ReplyRegression regression() {
        return regression;
    }

    /** The knowledge revision at which the questions were saved; {@link #NOTHING} if there were none. */
    long revision() {
        return revision;
    }

    boolean isInMemory() {
        return folder == null;
    }

    /** Deletes the folder of a closed index. */
    void delete() throws IOException {
        if (!isInMemory()) {
            deleteUnlessUsed(folder);
        }
    }

    /**
     * Saves everything, so that the next start can continue from here.
     *
     * @param onlyOne whether what was saved for other contents is no longer needed
     */
    void save(long now, boolean onlyOne) throws IOException {
        if (isInMemory()) {
            return;
        }
        Path file = folder.resolve(REGRESSION + "-" + now);
        Path fresh = Files.createTempFile(folder, REGRESSION, ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            regression.write(out);
        }
        WholeFile.put(fresh, file);
        questions.save(Map.of(
                REVISION,
                Long.toString(now),
                KEY,
                key,
                REGRESSION,
                file.getFileName().toString()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.filter(one -> one.getFileName().toString().startsWith(REGRESSION))
                    .filter(one -> !one.equals(file))
                    .toList()) {
                Files.deleteIfExists(old);
            }
        }
        if (onlyOne) {
            deleteOthers();
        }
    }
}
