package io.replyloop.retrieval;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.store.LockObtainFailedException;
import org.jboss.logging.Logger;

/**
 * Where a node keeps what it has learned, so that it need not learn it again at the next start: the index of answered
 * questions, and beside it the regression over them. Whatever is wrong with it, it is made again from the database.
 */
final class IndexFolder {
    private static final Logger LOG = Logger.getLogger(IndexFolder.class);

    static final long NOTHING = -1;

    private static final String REVISION = "revision";
    private static final String KEY = "key";
    private static final String REGRESSION = "regression";
    /** Counted up when what is written changes its form. */
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

    /** A folder that is gone with the process. */
    static IndexFolder inMemory() {
        return new IndexFolder(null, "", new LiveIndex(new ReplyAnalyzer()), new ReplyRegression(), NOTHING);
    }

    /**
     * Opens the one of these contents, or makes one in memory where another process has that.
     *
     * @param all the folder of all such folders; null for memory
     * @param key what the contents depend on; of other contents, the folders are deleted
     * @param newest the newest knowledge revision that there can be
     */
    static IndexFolder open(Path all, String key, long newest) {
        if (all != null) {
            Path folder = all.resolve(
                    UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
            try {
                Files.createDirectories(folder);
                deleteOthers(all, folder);
                return openFiles(folder, FORMAT + key, newest);
            } catch (LockObtainFailedException taken) {
                LOG.infof("Another process uses %s; this one learns anew at each start", folder);
            } catch (IOException | RuntimeException damaged) {
                LOG.warnf(damaged, "What was learned cannot be read from %s; it is learned anew", folder);
            }
        }
        return inMemory();
    }

    private static void deleteOthers(Path all, Path kept) throws IOException {
        try (Stream<Path> folders = Files.list(all)) {
            for (Path folder : folders.filter(one -> !one.equals(kept)).toList()) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private static IndexFolder openFiles(Path folder, String key, long newest) throws IOException {
        ReplyRegression[] read = new ReplyRegression[1];
        long[] revision = {NOTHING};
        LiveIndex questions = new LiveIndex(new ReplyAnalyzer(), folder.resolve("questions"), notes -> {
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
            LOG.warnf("%s cannot be read, and is learned anew: %s", file, damaged);
            return null;
        }
    }

    LiveIndex questions() {
        return questions;
    }

    ReplyRegression regression() {
        return regression;
    }

    /** The knowledge revision that the questions were saved at; {@link #NOTHING} where there were none. */
    long revision() {
        return revision;
    }

    boolean isInMemory() {
        return folder == null;
    }

    /** What was saved turned out to be of another time: the next start learns anew. */
    void forget() throws IOException {
        if (!isInMemory()) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** So that the next start begins here. */
    void save(long now) throws IOException {
        if (isInMemory()) {
            return;
        }
        Path file = folder.resolve(REGRESSION + "-" + now);
        Path fresh = Files.createTempFile(folder, REGRESSION, ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            regression.write(out);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
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
    }
}
