package io.replyloop.retrieval;

import io.replyloop.platform.DaemonThreads;
import io.replyloop.retrieval.Meanings.UnreadQuestion;
import io.replyloop.retrieval.Meanings.UnreadReply;
import io.replyloop.retrieval.VectorStore.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Has an encoder read what it has not read yet, a few texts at a time, so that whoever waits for an answer goes before
 * them. What it reads is found by its words until then. It knows nothing of what is to be read but the part that it is
 * at: whoever asks looks again, once that has ended or failed, what is still unread.
 */
final class BackgroundReading implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BackgroundReading.class);
    /** As many texts are looked for in the database together, and read. */
    private static final int TOGETHER = 16;

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(DaemonThreads.inTheBackground("knowledge-reading"));
    private final Executor changes;
    private final Duration pause;
    private volatile boolean busy;
    private volatile boolean failed;
    private volatile long notBefore = System.nanoTime();

    /**
     * @param changes runs what changes the index
     * @param pause after a failure
     */
    BackgroundReading(Executor changes, Duration pause) {
        this.changes = changes;
        this.pause = pause;
    }

    /** Texts for one encoder. */
    record Part(Meanings by, List<UnreadReply> replies, Kind kind, List<Long> questions) {
        /** As many are read together at most. */
        static final int QUESTIONS = 1_000;

        /** What the index has no meaning of, the newest first. */
        static Part unread(KnowledgeFollower.State now) {
            List<UnreadReply> replies = now.index().unreadReplies().stream()
                    .map(now.replies()::get)
                    .filter(Objects::nonNull)
                    .map(KnowledgeFollower.Published::unread)
                    .toList();
            List<Long> answered = now.index().unread(Kind.ANSWERED, QUESTIONS);
            return answered.isEmpty()
                    ? new Part(
                            now.meanings(), replies, Kind.REJECTED, now.index().unread(Kind.REJECTED, QUESTIONS))
                    : new Part(now.meanings(), replies, Kind.ANSWERED, answered);
        }
    }

    /**
     * What is known now of a few texts.
     *
     * @param erased questions that were to be read and are no more
     */
    record Read(
            Meanings by,
            List<UnreadReply> replies,
            Map<UUID, float[]> ofReplies,
            Kind kind,
            List<UnreadQuestion> questions,
            Map<Long, float[]> ofQuestions,
            Set<Long> erased) {}

    /** Neither at work nor waiting after a failure. */
    boolean isFree() {
        return !busy && System.nanoTime() - notBefore >= 0;
    }

    /**
     * Reads a part.
     *
     * @param then is told each time that something has been read
     * @param end is told once all is read, of how many texts the encoder read that no node had read before; not told of a
     *     failure
     */
    void begin(Part part, Consumer<Read> then, Consumer<Integer> end) {
        busy = true;
        try {
            thread.execute(() -> run(part, then, end));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("Nothing more is read: the application stops");
        }
    }

    private void run(Part part, Consumer<Read> then, Consumer<Integer> end) {
        try {
            int read = 0;
            for (List<UnreadReply> some : parts(part.replies)) {
                read += replies(part, some, then);
            }
            // In no order, so that nodes that read at the same time seldom read the same.
            List<Long> questions = new ArrayList<>(part.questions);
            Collections.shuffle(questions);
            for (List<Long> some : parts(questions)) {
                read += questions(part, some, then);
            }
            failed = false;
            int all = read;
            changes.execute(() -> {
                busy = false;
                end.accept(all);
            });
        } catch (SQLException | RuntimeException failure) {
            if (!failed) {
                LOG.warn("Texts are read for their meaning later", failure);
            }
            failed = true;
            notBefore = System.nanoTime() + pause.toNanos();
            busy = false;
        }
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            parts.add(all.subList(from, Math.min(all.size(), from + TOGETHER)));
        }
        return parts;
    }

    private int replies(Part part, List<UnreadReply> some, Consumer<Read> then) throws SQLException {
        Map<UUID, float[]> known = part.by.known(some);
        List<UnreadReply> unread =
                some.stream().filter(reply -> !known.containsKey(reply.id())).toList();
        Map<UUID, float[]> read = part.by.read(unread, false);
        known.putAll(read);
        tell(new Read(part.by, some, known, part.kind, List.of(), Map.of(), Set.of()), then);
        part.by.keep(unread, read);
        return unread.size();
    }

    private int questions(Part part, List<Long> some, Consumer<Read> then) throws SQLException {
        Map<Long, float[]> known = part.by.known(part.kind, some);
        List<UnreadQuestion> texts = part.by.texts(part.kind, some);
        List<UnreadQuestion> unread =
                texts.stream().filter(text -> !known.containsKey(text.id())).toList();
        Map<Long, float[]> read = part.by.readQuestions(unread, false);
        known.putAll(read);
        Set<Long> there = texts.stream().map(UnreadQuestion::id).collect(Collectors.toSet());
        Set<Long> erased = some.stream().filter(id -> !there.contains(id)).collect(Collectors.toSet());
        tell(new Read(part.by, List.of(), Map.of(), part.kind, texts, known, erased), then);
        part.by.keep(part.kind, read);
        return unread.size();
    }

    private void tell(Read read, Consumer<Read> then) {
        changes.execute(() -> then.accept(read));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
