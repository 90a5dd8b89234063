package io.replyloop.retrieval;

import io.replyloop.retrieval.Meanings.UnreadQuestion;
import io.replyloop.retrieval.Meanings.UnreadReply;
import io.replyloop.retrieval.ReplyIndex.IndexedQuestion;
import io.replyloop.retrieval.VectorStore.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has an encoder read what it has not read yet, a few texts at a time, so that whoever waits for an answer goes before
 * them. What it reads is found by its words until then.
 */
final class BackgroundReading implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BackgroundReading.class);
    private static final int TOGETHER = 16;
    private static final int TOLD_EVERY = 10_000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "knowledge-reading");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    });
    private final Executor changes;
    private Meanings busyWith;
    private boolean again;

    /** @param changes runs what changes the index */
    BackgroundReading(Executor changes) {
        this.changes = changes;
    }

    /** What has just been read. */
    record Read(
            Meanings by, Map<UUID, float[]> replies, List<IndexedQuestion> answered, List<IndexedQuestion> rejected) {}

    /** Reads until nothing is left; asked again while it does, it goes on. */
    synchronized void begin(Meanings meanings, Consumer<Read> then) {
        again = true;
        if (busyWith != null && busyWith.key().equals(meanings.key())) {
            return;
        }
        busyWith = meanings;
        thread.execute(() -> run(meanings, then));
    }

    private void run(Meanings meanings, Consumer<Read> then) {
        try {
            int all = 0;
            while (wanted()) {
                for (int read = some(meanings, then); read > 0; read = some(meanings, then)) {
                    if (all / TOLD_EVERY < (all + read) / TOLD_EVERY) {
                        LOG.infof("%d texts have been read for their meaning", all + read);
                    }
                    all += read;
                }
            }
        } catch (SQLException | CompletionException | RejectedExecutionException failure) {
            LOG.warnf("Texts are read for their meaning later: %s", failure);
        } finally {
            ended();
        }
    }

    /** Whether somebody has asked since the last time; nobody else is busy any more when not. */
    private synchronized boolean wanted() {
        boolean asked = again;
        again = false;
        busyWith = asked ? busyWith : null;
        return asked;
    }

    private synchronized void ended() {
        busyWith = null;
    }

    private static List<IndexedQuestion> indexed(List<UnreadQuestion> questions, Map<Long, float[]> read) {
        return questions.stream()
                .map(question -> question.indexed(read.get(question.id())))
                .toList();
    }

    private int some(Meanings meanings, Consumer<Read> then) throws SQLException {
        List<UnreadReply> replies = meanings.unreadReplies(TOGETHER);
        List<UnreadQuestion> answered = meanings.unread(Kind.ANSWERED, TOGETHER - replies.size());
        List<UnreadQuestion> rejected = meanings.unread(Kind.REJECTED, TOGETHER - replies.size() - answered.size());
        Read read = new Read(
                meanings,
                meanings.read(replies, false),
                indexed(answered, meanings.read(Kind.ANSWERED, answered, false)),
                indexed(rejected, meanings.read(Kind.REJECTED, rejected, false)));
        changes.execute(() -> then.accept(read));
        return replies.size() + answered.size() + rejected.size();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
