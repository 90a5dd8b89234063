package io.replyloop.retrieval;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeChanged;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
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
 * Keeps this node's index at the knowledge base's revision. It reads all at the start and then only what has changed:
 * right after a commit of this node, and about every second for those of others. One thread does all of that. Whoever
 * searches waits for it only while the node knows of a commit that the index has not seen, and all who wait share one
 * look: under load there are several commits and searches for each.
 */
@ApplicationScoped
class KnowledgeFollower {
    private static final Logger LOG = Logger.getLogger(KnowledgeFollower.class);
    private static final long NOTHING = -1;
    private static final long PATIENCE_SECONDS = 10;

    private final KnowledgeFeed feed;
    private final RetrievalConfig config;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "knowledge-follower");
        made.setDaemon(true);
        return made;
    });
    private final AtomicLong committed = new AtomicLong(NOTHING);
    /** The look at the database that has not begun yet, if one is asked for. */
    private final AtomicReference<CompletableFuture<State>> next = new AtomicReference<>();

    private volatile State state;
    private boolean failing;

    KnowledgeFollower(KnowledgeFeed feed, RetrievalConfig config) {
        this.feed = feed;
        this.config = config;
    }

    /** A published reply; {@code order} tells which of two is older. */
    record Published(
            UUID id,
            int version,
            String title,
            String text,
            String textKey,
            String language,
            String category,
            int order) {}

    /** What searches use: the index, and the replies that it is about. */
    record State(long revision, ReplyIndex index, Map<UUID, Published> replies) {}

    void start(@Observes StartupEvent event) {
        long millis = config.poll().toMillis();
        thread.scheduleWithFixedDelay(this::soon, 0, millis, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) KnowledgeChanged change) {
        committed.accumulateAndGet(change.revision(), Math::max);
        soon();
    }

    /** The index with every change that this node has committed. */
    State current() {
        State now = state;
        if (now != null && now.revision() >= committed.get()) {
            return now;
        }
        try {
            return soon().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return staleOr(interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            return staleOr(failure);
        }
    }

    /** Suggestions from a moment ago are better than none. */
    private State staleOr(Exception failure) {
        State stale = state;
        if (stale == null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "The knowledge base is still being read. Try again in a moment.", failure);
        }
        LOG.warnf("Searching at knowledge revision %d; newer ones cannot be read: %s", stale.revision(), failure);
        return stale;
    }

    /** A look that begins after this call, so that it sees every commit before it. */
    private CompletableFuture<State> soon() {
        CompletableFuture<State> mine = new CompletableFuture<>();
        CompletableFuture<State> asked = next.compareAndExchange(null, mine);
        if (asked != null) {
            return asked;
        }
        try {
            thread.execute(() -> look(mine));
        } catch (RejectedExecutionException stopping) {
            next.set(null);
            mine.completeExceptionally(stopping);
        }
        return mine;
    }

    private void look(CompletableFuture<State> asked) {
        next.set(null);
        try {
            asked.complete(follow());
            failing = false;
        } catch (SQLException | RuntimeException failure) {
            asked.completeExceptionally(failure);
            // Said once, not every second while the database is away.
            if (!failing) {
                LOG.warn("Cannot follow the knowledge base; trying again until it works", failure);
            }
            failing = true;
        }
    }

    private State follow() throws SQLException {
        State before = state;
        long known = before == null ? NOTHING : before.revision();
        long newest = feed.revision();
        if (newest == known) {
            return before;
        }
        if (newest < known) {
            LOG.infof("The knowledge base went back from revision %d to %d; reading it anew", known, newest);
            before = null;
            committed.set(NOTHING);
        }
        // An old index is left to the garbage collector, because somebody may still be searching in it.
        Update update = before == null
                ? new Update(new ReplyIndex(config.questionsPerReply()), Map.of())
                : new Update(before.index(), before.replies());
        long revision = feed.read(before == null ? NOTHING : before.revision(), config.questionsPerReply(), update);
        update.index.refresh();
        State after = new State(revision, update.index, update.replies);
        state = after;
        return after;
    }

    /** Applies what the feed tells. A failure half-way is harmless: the same changes are read and applied again. */
    private static final class Update implements KnowledgeFeed.Reader {
        private final ReplyIndex index;
        private Map<UUID, Published> replies;
        private boolean copied;
        private int order;

        Update(ReplyIndex index, Map<UUID, Published> replies) {
            this.index = index;
            this.replies = replies;
            order = replies.values().stream().mapToInt(Published::order).max().orElse(0);
        }

        @Override
        public void published(UUID id, int version, String title, String text, String language, String category) {
            index.put(new ReplyIndex.IndexedReply(id, title, text, language));
            Published before = replies.get(id);
            int place = before == null ? ++order : before.order();
            own().put(id, new Published(id, version, title, text, ReplyText.key(text), language, category, place));
        }

        @Override
        public void withdrawn(UUID reply) {
            index.remove(reply);
            own().remove(reply);
        }

        /** Searches still read the map that was there; most updates bring only questions and need no copy. */
        private Map<UUID, Published> own() {
            if (!copied) {
                replies = new HashMap<>(replies);
                copied = true;
            }
            return replies;
        }

        @Override
        public void answered(long id, UUID reply, AnsweredQuestion question) {
            index.remember(new ReplyIndex.IndexedQuestion(
                    Long.toString(id), reply, question.earlier(), question.context(), question.text()));
        }
    }
}
