package io.replyloop.retrieval;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeChanged;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.PersonalData;
import io.replyloop.retrieval.Meanings.UnreadQuestion;
import io.replyloop.retrieval.Meanings.UnreadReply;
import io.replyloop.retrieval.VectorStore.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private static final long SAVED_EVERY_MINUTES = 5;

    /** A start waits so long for the encoder, rather than building an index twice. */
    private static final Duration FOR_THE_ENCODER = Duration.ofSeconds(10);

    private final KnowledgeFeed feed;
    private final RetrievalConfig config;
    private final VectorStore vectors;
    private final Encoders encoders;
    private final Path folder;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "knowledge-follower");
        made.setDaemon(true);
        return made;
    });
    private final AtomicLong committed = new AtomicLong(NOTHING);
    /** The look at the database that has not begun yet, if one is asked for. */
    private final AtomicReference<CompletableFuture<State>> next = new AtomicReference<>();

    private final BackgroundReading reading;

    private volatile State state;
    private State saved;
    private boolean failing;

    @Inject
    KnowledgeFollower(
            KnowledgeFeed feed,
            RetrievalConfig config,
            VectorStore vectors,
            Instance<Encoders> encoders,
            ApplicationFolder files) {
        this(feed, config, vectors, encoders.isResolvable() ? encoders.get() : Encoders.NONE, files.folder("index"));
    }

    /** @param folder where it keeps what it has learned; null for nowhere */
    KnowledgeFollower(KnowledgeFeed feed, RetrievalConfig config, VectorStore vectors, Encoders encoders, Path folder) {
        this.feed = feed;
        this.config = config;
        this.folder = folder;
        this.vectors = vectors;
        this.encoders = encoders;
        reading = new BackgroundReading(thread);
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

    /**
     * What searches use.
     *
     * @param index over the replies
     * @param meanings to the encoder by which the index knows them; null where there is none
     */
    record State(long revision, ReplyIndex index, Map<UUID, Published> replies, Meanings meanings) {}

    void start(@Observes StartupEvent event) {
        long millis = config.poll().toMillis();
        thread.scheduleWithFixedDelay(this::soon, 0, millis, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(this::save, SAVED_EVERY_MINUTES, SAVED_EVERY_MINUTES, TimeUnit.MINUTES);
    }

    void stop(@Observes ShutdownEvent event) {
        reading.close();
        try {
            thread.submit(this::save).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException unsaved) {
            LOG.warnf("The next start will take longer: what was learned is not saved (%s)", unsaved);
        }
        thread.shutdownNow();
    }

    private void save() {
        State now = state;
        if (now == null || now == saved) {
            return;
        }
        try {
            now.index().save(now.revision());
            saved = now;
        } catch (IOException | RuntimeException failure) {
            LOG.warnf(failure, "What was learned up to revision %d cannot be saved", now.revision());
        }
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

    /** The index with every change that anybody has committed. */
    State look() {
        return soon().join();
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
        if (before == null) {
            encoders.await(FOR_THE_ENCODER);
        }
        Meanings meanings = meanings(before == null ? null : before.meanings());
        long known = before == null ? NOTHING : before.revision();
        long newest = feed.revision();
        if (before != null && before.meanings() != meanings) {
            before = null;
        } else if (newest == known) {
            refresh(before);
            return before;
        }
        if (newest < known) {
            LOG.infof("The knowledge base went back from revision %d to %d; reading it anew", known, newest);
            forgetSaved(before);
            before = null;
            committed.set(NOTHING);
        }
        // An old index is left to the garbage collector, because somebody may still be searching in it.
        ReplyIndex index = before == null ? open(meanings, newest) : before.index();
        Update update = new Update(index, before == null ? Map.of() : before.replies(), meanings);
        long replies = before == null ? NOTHING : before.revision();
        long answers = before == null ? index.savedRevision() : before.revision();
        long revision = feed.read(replies, answers, config.questionsPerReply(), update);
        update.finish();
        State after = new State(revision, update.index, update.replies, meanings);
        refresh(after);
        state = after;
        if (update.unread) {
            reading.begin(meanings, this::understood);
        }
        return after;
    }

    private ReplyIndex open(Meanings meanings, long newest) throws SQLException {
        String key = feed.installation() + " " + config.questionsPerReply() + " " + PersonalData.RULES + " "
                + (meanings == null ? "words" : meanings.key());
        ReplyIndex index = new ReplyIndex(config.questionsPerReply(), IndexFolder.open(folder, key, newest));
        if (index.savedRevision() != IndexFolder.NOTHING) {
            index.keepOnly(feed.answers());
        }
        return index;
    }

    private static void forgetSaved(State before) {
        try {
            if (before != null) {
                before.index().forgetSaved();
            }
        } catch (IOException failure) {
            LOG.warnf("What was learned of another time cannot be deleted: %s", failure);
        }
    }

    /** Learning takes its time in parts, between which a commit may be followed. */
    private void refresh(State now) {
        if (now.index().refresh()) {
            soon();
        }
    }

    /** To the first encoder that there is; while it has not read everything, to the one that served until this start. */
    private Meanings meanings(Meanings before) throws SQLException {
        List<TextVectors> available = encoders.available();
        if (available.isEmpty()) {
            return before;
        }
        TextVectors first = available.get(0);
        TextVectors serving = first;
        if (available.size() > 1) {
            Meanings next = new Meanings(first, vectors);
            if (next.hasUnread()) {
                reading.begin(next, read -> {});
                serving = available.get(available.size() - 1);
            } else {
                encoders.serves(first);
            }
        } else if (before == null || before.encoder() != first) {
            encoders.serves(first);
        }
        if (before != null && before.encoder() == serving) {
            return before;
        }
        Meanings meanings = new Meanings(serving, vectors);
        meanings.use();
        return meanings;
    }

    /** On the thread that changes the index: what the encoder has read in the background. */
    private void understood(BackgroundReading.Read read) {
        State now = state;
        if (now != null && now.meanings() == read.by()) {
            read.replies().forEach(now.index()::understand);
            read.answered().forEach(now.index()::understand);
            read.rejected().forEach(now.index()::understandRejected);
            refresh(now);
        }
    }

    /** Applies what the feed tells. A failure half-way is harmless: the same changes are read and applied again. */
    private static final class Update implements KnowledgeFeed.Reader {
        /** As many vectors are looked up in the database together. */
        private static final int TOGETHER = 1_000;
        /** So many texts that no node has read are read at once, so that they are found by their meaning at once. */
        private static final int AT_ONCE = 16;

        private final ReplyIndex index;
        private final Meanings meanings;
        private final List<UnreadReply> newReplies = new ArrayList<>();
        private final Map<Kind, List<UnreadQuestion>> newQuestions = new EnumMap<>(Kind.class);
        private final List<UnreadReply> unreadReplies = new ArrayList<>();
        private final Map<Kind, List<UnreadQuestion>> unreadQuestions = new EnumMap<>(Kind.class);
        private Map<UUID, Published> replies;
        private boolean copied;
        private int order;
        private boolean unread;

        Update(ReplyIndex index, Map<UUID, Published> replies, Meanings meanings) {
            this.index = index;
            this.replies = replies;
            this.meanings = meanings;
            order = replies.values().stream().mapToInt(Published::order).max().orElse(0);
            for (Kind kind : Kind.values()) {
                newQuestions.put(kind, new ArrayList<>());
                unreadQuestions.put(kind, new ArrayList<>());
            }
        }

        @Override
        public void published(UUID id, int version, String title, String text, String language, String category) {
            index.put(new ReplyIndex.IndexedReply(id, title, text, language));
            Published before = replies.get(id);
            int place = before == null ? ++order : before.order();
            own().put(id, new Published(id, version, title, text, ReplyText.key(text), language, category, place));
            newReplies.add(new UnreadReply(id, version, title, text));
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
            asked(Kind.ANSWERED, new UnreadQuestion(id, reply, question));
        }

        @Override
        public void rejected(long id, UUID reply, AnsweredQuestion question) {
            asked(Kind.REJECTED, new UnreadQuestion(id, reply, question));
        }

        private void asked(Kind kind, UnreadQuestion question) {
            newQuestions.get(kind).add(question);
            if (newQuestions.get(kind).size() >= TOGETHER) {
                index(kind);
            }
        }

        private void index(Kind kind) {
            List<UnreadQuestion> questions = newQuestions.get(kind);
            try {
                Map<Long, float[]> known =
                        meanings == null || questions.isEmpty() ? Map.of() : meanings.known(kind, questions);
                for (UnreadQuestion question : questions) {
                    float[] meaning = known.get(question.id());
                    kind.tell(index, question.indexed(meaning));
                    if (meaning == null) {
                        unreadQuestions.get(kind).add(question);
                    }
                }
            } catch (SQLException failure) {
                throw new IllegalStateException("Vectors of questions cannot be read", failure);
            }
            questions.clear();
        }

        /** Once the feed has told everything. */
        void finish() throws SQLException {
            for (Kind kind : Kind.values()) {
                index(kind);
            }
            if (meanings == null) {
                return;
            }
            Map<UUID, float[]> known = newReplies.isEmpty() ? Map.of() : meanings.known(newReplies);
            known.forEach(index::understand);
            newReplies.stream().filter(reply -> !known.containsKey(reply.id())).forEach(unreadReplies::add);
            int texts = unreadReplies.size()
                    + unreadQuestions.values().stream().mapToInt(List::size).sum();
            unread = texts > 0 && !(texts <= AT_ONCE && readAtOnce());
        }

        private boolean readAtOnce() throws SQLException {
            try {
                meanings.read(unreadReplies, true).forEach(index::understand);
                for (Kind kind : Kind.values()) {
                    List<UnreadQuestion> questions = unreadQuestions.get(kind);
                    Map<Long, float[]> read = meanings.read(kind, questions, true);
                    questions.forEach(question -> kind.tell(index, question.indexed(read.get(question.id()))));
                }
                return true;
            } catch (CompletionException busy) {
                LOG.debugf(busy, "New texts are read a moment later");
                return false;
            }
        }
    }
}
