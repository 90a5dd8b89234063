package io.replyloop.retrieval;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.knowledge.KnowledgeChanged;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Problem;
import io.replyloop.platform.RepeatedTask;
import io.replyloop.retrieval.Meanings.UnreadQuestion;
import io.replyloop.retrieval.Meanings.UnreadReply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Keeps this node's index up to date with the knowledge base. It reads everything at the start and then only the
 * changes: immediately after a commit on this node, and about once a second for commits on other nodes. All of this
 * happens on one thread. A search waits for it only while this node knows of a commit that the index has not applied
 * yet, and all waiting searches share one update, because under load there are several commits and searches for each.
 * After a correction, searches use the old index, which knows what was wrong, until another one is made.
 */
@ApplicationScoped
class KnowledgeFollower {
    private static final Logger LOG = Logger.getLogger(KnowledgeFollower.class);
    private static final long NOTHING = -1;
    private static final long PATIENCE_SECONDS = 10;
    private static final Duration SAVED_EVERY = Duration.ofMinutes(5);
    private static final Duration TOLD_IN_USE_EVERY = Duration.ofMinutes(60);
    /** How long a start waits for the encoder, to avoid building the index twice. */
    private static final Duration FOR_THE_ENCODER = Duration.ofSeconds(10);
    /** Pause of background encoding after a failure. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

    private final KnowledgeFeed feed;
    private final RetrievalConfig config;
    private final Encoders encoders;
    private final EncoderChoice choice;
    private Path folder;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("knowledge-follower"));
    private final AtomicLong committed = new AtomicLong(NOTHING);
    /** The update that has been requested but has not begun, if any. */
    private final AtomicReference<CompletableFuture<State>> look = new AtomicReference<>();

    private final BackgroundReading reading;
    private volatile State state;
    private volatile boolean correcting;
    private boolean unsaved;
    private boolean failing;
    private CompletableFuture<State> asked = new CompletableFuture<>();

    @Inject
    KnowledgeFollower(
            KnowledgeFeed feed,
            RetrievalConfig config,
            VectorStore vectors,
            Instance<Encoders> encoders,
            ApplicationFolder files) {
        this(feed, config, vectors, encoders.isResolvable() ? encoders.get() : Encoders.NONE, files.folder("index"));
    }

    /** @param folder where to keep what it has learned; null to keep it in memory only */
    KnowledgeFollower(KnowledgeFeed feed, RetrievalConfig config, VectorStore vectors, Encoders encoders, Path folder) {
        this(feed, config, vectors, encoders, folder, AFTER_A_FAILURE);
    }

    KnowledgeFollower(
            KnowledgeFeed feed,
            RetrievalConfig config,
            VectorStore vectors,
            Encoders encoders,
            Path folder,
            Duration pause) {
        this.feed = feed;
        this.config = config;
        this.folder = folder;
        this.encoders = encoders;
        choice = new EncoderChoice(encoders, vectors);
        reading = new BackgroundReading(thread, pause);
    }

    /**
     * What searches use.
     *
     * @param index over the replies
     * @param meanings the embeddings that the index uses; null if there is no encoder
     */
    record State(
            long revision, ReplyIndex index, Map<UUID, Published> replies, Meanings meanings, IndexSource source) {}

    void start(@Observes StartupEvent event) {
        soon();
        RepeatedTask.every(config.poll(), thread, this::soon);
        RepeatedTask.every(SAVED_EVERY, thread, this::save);
        RepeatedTask.every(TOLD_IN_USE_EVERY, thread, this::inUse);
    }

    void stop(@Observes ShutdownEvent event) {
        reading.close();
        try {
            thread.submit(this::save).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException unsaved) {
            LOG.warnf("Could not save what was learned; the next start will take longer (%s)", unsaved);
        }
        DaemonThreads.end(thread);
    }

    private void save() {
        State now = state;
        if (now == null || !unsaved) {
            return;
        }
        try {
            // An index without embeddings must not replace another: the encoder may merely be late.
            now.index().save(now.revision(), choice.serves(now.meanings()));
            unsaved = false;
        } catch (IOException | RuntimeException failure) {
            LOG.warnf(failure, "Could not save what was learned up to revision %d", now.revision());
        }
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) KnowledgeChanged change) {
        committed.accumulateAndGet(change.revision(), Math::max);
        soon();
    }

    /** The index with every change that this node has committed; while one is made after a correction, as it was. */
    State current() {
        State now = state;
        if (now != null && (correcting || now.revision() >= committed.get())) {
            return now;
        }
        try {
            CompletableFuture<State> update = soon();
            return correcting ? state : update.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return staleOr(interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            return staleOr(failure);
        }
    }

    /** The index as it is; null before it is there. */
    State known() {
        return state;
    }

    /** The index with every change that any node has committed. */
    State look() {
        return soon().join();
    }

    /** Slightly outdated suggestions are better than none. */
    private State staleOr(Exception failure) {
        State stale = state;
        if (stale == null) {
            // Why, the thread that reads it has logged.
            LOG.debug("No index yet", failure);
            throw Problem.unavailable(
                    "The knowledge base is still being read. Try again in a moment.",
                    Duration.ofSeconds(PATIENCE_SECONDS));
        }
        LOG.warnf(
                "Searching at knowledge revision %d, because newer ones cannot be read: %s", stale.revision(), failure);
        return stale;
    }

    /** An update that begins after this call, so that it sees every commit made before. */
    private CompletableFuture<State> soon() {
        CompletableFuture<State> mine = new CompletableFuture<>();
        CompletableFuture<State> asked = look.compareAndExchange(null, mine);
        if (asked != null) {
            return asked;
        }
        try {
            thread.execute(() -> look(mine));
        } catch (RejectedExecutionException stopping) {
            look.set(null);
            mine.completeExceptionally(stopping);
        }
        return mine;
    }

    private void look(CompletableFuture<State> asked) {
        look.set(null);
        this.asked = asked;
        try {
            asked.complete(followed());
            failing = false;
        } catch (SQLException | RuntimeException failure) {
            asked.completeExceptionally(failure);
            // Logged once, not every second while the database is unavailable.
            if (!failing) {
                LOG.warn("Cannot follow the knowledge base; trying again until it works", failure);
            }
            failing = true;
        }
    }

    /** Follows the changes; if the index fails for good on the way, rebuilds it and tries once more. */
    private State followed() throws SQLException {
        try {
            return follow();
        } catch (RuntimeException failure) {
            if (state == null || !state.index().isDead()) {
                throw failure;
            }
            LOG.warn("The index can no longer be written; rebuilding it", failure);
            return follow();
        }
    }

    private State follow() throws SQLException {
        if (state == null) {
            encoders.await(FOR_THE_ENCODER);
        }
        long newest = feed.revision();
        if (state != null && newest < state.revision()) {
            LOG.infof(
                    "The knowledge base went back from revision %d to %d; reading it again", state.revision(), newest);
            State past = state;
            state = null;
            committed.set(NOTHING);
            discard(past.index());
        }
        State before = state;
        Meanings meanings = choice.of(before == null ? null : before.meanings());
        boolean anew = before == null
                || before.meanings() != meanings
                || before.index().isDead();
        // Each time: what is read below may be newer than this.
        IndexSource source = IndexSource.of(feed);
        boolean erased = before != null && before.source().isFromBeforeErasure(source);
        boolean corrected = before != null && before.source().isFromBeforeCorrection(source);
        if (anew || erased || corrected || newest != before.revision()) {
            correcting = false;
            if (corrected && !anew && !erased) {
                serveUncorrected(before, newest);
            }
            state = updated(anew || erased || corrected ? null : before, meanings, newest, source);
            correcting = false;
            unsaved = true;
            if (erased || corrected) {
                discard(before.index());
            } else if (anew && before != null) {
                replaced(before.index());
            }
        }
        refresh(state);
        choice.follows(meanings);
        readOn(state);
        return state;
    }

    /** What else has changed is applied to the old index, so that nobody waits for the one without what was wrong. */
    private void serveUncorrected(State before, long newest) throws SQLException {
        if (newest != before.revision()) {
            state = updated(before, before.meanings(), newest, before.source());
        }
        correcting = true;
        asked.complete(state);
        Optional.ofNullable(look.get()).ifPresent(next -> next.complete(state));
    }

    private State updated(State before, Meanings meanings, long newest, IndexSource source) throws SQLException {
        ReplyIndex index = before == null ? open(meanings, newest, source) : before.index();
        try {
            KnowledgeUpdate update = new KnowledgeUpdate(index, before == null ? Map.of() : before.replies(), meanings);
            long replies = before == null ? NOTHING : before.revision();
            long answers = before == null ? index.savedRevision() : before.revision();
            long revision = feed.read(replies, answers, config.questionsPerReply(), update);
            update.finish();
            index.refresh();
            return new State(revision, index, update.replies(), meanings, source);
        } catch (SQLException | RuntimeException failure) {
            if (before == null) {
                boolean dead = index.isDead();
                index.close();
                if (dead) {
                    givenUp(index);
                }
            }
            throw failure;
        }
    }

    private ReplyIndex open(Meanings meanings, long newest, IndexSource source) throws SQLException {
        int perReply = config.questionsPerReply();
        ReplyIndex index = ReplyIndex.open(perReply, folder, source.key(perReply, meanings), newest);
        if (index.savedRevision() != IndexFolder.NOTHING) {
            try {
                index.keepOnly(feed::existing);
            } catch (SQLException | RuntimeException failure) {
                index.close();
                throw failure;
            }
        }
        return index;
    }

    /** Searches that have begun in the old index finish there; new ones use the new index. */
    private void replaced(ReplyIndex index) {
        boolean dead = index.isDead();
        index.close();
        if (dead) {
            givenUp(index);
        }
    }

    /** A disk that is full or broken is likely to fail again, so this node keeps what it learns in memory from now on. */
    private void givenUp(ReplyIndex index) {
        LOG.errorf("Cannot write to %s: until it restarts, this node keeps what it learns in memory only", folder);
        folder = null;
        discard(index);
    }

    private static void discard(ReplyIndex index) {
        try {
            index.discard();
        } catch (IOException | RuntimeException failure) {
            LOG.warnf("Could not delete an outdated index: %s", failure);
        }
    }

    /** Learning is done in slices, between which a commit can be applied. */
    private void refresh(State now) {
        if (now.index().refresh()) {
            unsaved = true;
            soon();
        }
    }

    /** Records in the database which embeddings are in use, so that they are not deleted as abandoned. */
    void inUse() {
        choice.inUse(state == null ? null : state.meanings());
    }

    /** Encodes what the index has no embedding for: new texts, everything at the start, and whatever failed before. */
    private void readOn(State now) {
        if (now.meanings() == null || !reading.isFree()) {
            return;
        }
        BackgroundReading.Part part = BackgroundReading.Part.unread(now);
        if (!part.replies().isEmpty() || !part.questions().isEmpty()) {
            reading.begin(part, this::understood, read -> soon());
        } else {
            choice.unready()
                    .ifPresent(next -> reading.begin(next.part(now), read -> {}, read -> {
                        next.ended(read);
                        soon();
                    }));
        }
    }

    /** Applies new embeddings, from any node; called on the thread that changes the index. */
    private void understood(BackgroundReading.Read read) {
        State now = state;
        if (now == null || now.meanings() != read.by() || now.index().isDead()) {
            return;
        }
        for (UnreadReply reply : read.replies()) {
            Published published = now.replies().get(reply.id());
            if (published != null && published.version() == reply.version()) {
                now.index().understand(reply.id(), read.ofReplies().get(reply.id()));
            }
        }
        for (UnreadQuestion question : read.questions()) {
            now.index()
                    .understand(read.kind(), question.indexed(read.ofQuestions().get(question.id())));
        }
        now.index().erase(read.kind(), read.erased());
        unsaved = true;
        refresh(now);
    }
}
