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
 * Encodes texts that have no embedding yet, a few at a time, so that urgent requests go first. Until a text has been
 * encoded, it is found by its words only. This class knows only the part it is working on: once that part is done or
 * has failed, the caller checks what is still missing.
 */
final class BackgroundReading implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BackgroundReading.class);
    /** Texts that are looked up in the database and encoded together. */
    private static final int TOGETHER = 16;

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(DaemonThreads.inTheBackground("knowledge-reading"));
    private final Executor changes;
    private final Duration pause;
    private volatile boolean busy;
    private volatile boolean failed;
    private volatile long notBefore = System.nanoTime();

    /**
     * @param changes runs the tasks that change the index
     * @param pause how long to wait after a failure
     */
    BackgroundReading(Executor changes, Duration pause) {
        this.changes = changes;
        this.pause = pause;
    }

    /** Texts that one encoder has yet to encode. */
    record Part(Meanings by, List<UnreadReply> replies, Kind kind, List<Long> questions) {
        /** The largest number of questions in one part. */
        static final int QUESTIONS = 1_000;

        /** The texts for which the index has no embedding, newest first. */
        static Part unread(KnowledgeFollower.State now) {
            List<UnreadReply> replies = now.index().unreadReplies().stream()
                    .map(now.replies()::get)
                    .filter(Objects::nonNull)
                    .map(Published::unread)
                    .toList();
            List<Long> answered = now.index().unread(Kind.ANSWERED, QUESTIONS);
            return answered.isEmpty()
                    ? new Part(
                            now.meanings(), replies, Kind.REJECTED, now.index().unread(Kind.REJECTED, QUESTIONS))
                    : new Part(now.meanings(), replies, Kind.ANSWERED, answered);
        }
    }

    /**
     * The result for a few texts.
     *
     * @param erased questions that were due but have been deleted in the meantime
     */
    record Read(
            Meanings by,
            List<UnreadReply> replies,
            Map<UUID, float[]> ofReplies,
            Kind kind,
            List<UnreadQuestion> questions,
            Map<Long, float[]> ofQuestions,
            Set<Long> erased) {}

    /** Whether a new part can start: nothing is running, and any pause after a failure is over. */
    boolean isFree() {
        return !busy && System.nanoTime() - notBefore >= 0;
    }

    /**
     * Encodes a part in the background.
     *
     * @param then called after each step with its result
     * @param end called once the whole part is done, with the number of texts that no node had encoded before; not
     *     called after a failure
     */
    void begin(Part part, Consumer<Read> then, Consumer<Integer> end) {
        busy = true;
        try {
            thread.execute(() -> run(part, then, end));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The application is stopping; no more texts are encoded");
        }
    }

    private void run(Part part, Consumer<Read> then, Consumer<Integer> end) {
        try {
            int read = 0;
            for (List<UnreadReply> some : parts(part.replies)) {
                read += replies(part, some, then);
            }
            // Shuffled, so that nodes working at the same time rarely encode the same texts.
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
            if (thread.isShutdown()) {
                LOG.debugf(failure, "The application is stopping; the rest is encoded after its next start");
            } else if (!failed) {
                LOG.warn("Could not encode texts; trying again later", failure);
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
        DaemonThreads.end(thread);
    }
}
