package io.replyloop.gaps;

import io.quarkus.runtime.ShutdownEvent;
import io.replyloop.conversation.ConversationErased;
import io.replyloop.gaps.GapsView.Progress;
import io.replyloop.gaps.GapsView.Step;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.retrieval.TextVectors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Finds the groups when somebody asks for them, in the background and one look at a time, and keeps what it has found until
 * something has changed. Nothing of it is stored: vectors stay in memory, and only those of questions that there are.
 */
@ApplicationScoped
class GapFinder {
    private static final Logger LOG = Logger.getLogger(GapFinder.class);
    /** The model looks at the groups that matter most; each takes a moment of its time. */
    private static final int RANKED = 100;
    /** A decision teaches at once; what was found of one group holds so long where no reply has changed. */
    private static final Duration VERDICTS_HOLD = Duration.ofMinutes(5);

    private static final int TOGETHER = 32;

    private final OpenQuestions questions;
    private final PublishedMeanings published;
    private final AnsweredByNow answeredByNow;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(DaemonThreads.inTheBackground("unanswered-questions"));

    /** The look that has not begun yet, if one is asked for. */
    private final AtomicReference<CompletableFuture<Snapshot>> next = new AtomicReference<>();

    private volatile Progress progress = new Progress(Step.READING, 0, 0);
    private volatile Snapshot last;
    private Map<String, float[]> vectors = Map.of();
    private String encoder = "";
    private Map<UUID, Verdict> verdicts = Map.of();
    private Grouped grouped = new Grouped(List.of(), "", List.of());

    GapFinder(OpenQuestions questions, PublishedMeanings published, AnsweredByNow answeredByNow) {
        this.questions = questions;
        this.published = published;
        this.answeredByNow = answeredByNow;
    }

    /** Nothing of a conversation that was erased stays in memory; the next look begins anew. */
    void erased(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationErased erased) {
        last = null;
        thread.execute(() -> {
            last = null;
            vectors = Map.of();
            verdicts = Map.of();
            grouped = new Grouped(List.of(), "", List.of());
        });
    }

    /**
     * What was found.
     *
     * @param groups the one that counts most first
     * @param byMeaning false where there was no encoder
     */
    record Snapshot(Instant at, List<Group> groups, boolean cut, boolean anyAsked, boolean byMeaning) {
        /** The group with this question. */
        Optional<Group> with(UUID question) {
            return groups.stream()
                    .filter(group -> group.members().contains(question))
                    .findFirst();
        }
    }

    private record Verdict(int replies, Instant at, boolean answered) {
        boolean holds(int repliesNow, Instant now) {
            return replies == repliesNow && at.plus(VERDICTS_HOLD).isAfter(now);
        }
    }

    private record Grouped(List<OpenQuestion> of, String encoder, List<Group> groups) {}

    /**
     * @param found what there is, which may be of a while ago; null where nothing has been found yet
     * @param progress of the look that goes on; null where none does
     */
    record Look(Snapshot found, Progress progress) {}

    /** What can be told within this time. */
    Look look(Duration patience) {
        Snapshot before = last;
        CompletableFuture<Snapshot> asked = asked();
        try {
            return new Look(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS), null);
        } catch (TimeoutException late) {
            return new Look(before, progress);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Look(before, progress);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    /** For whoever does something with a group, and cannot do it with what may have changed. */
    Snapshot now(Duration patience) {
        Look look = look(patience);
        if (look.progress() != null) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "The questions are still being put into groups. Try again in a moment.");
        }
        return look.found();
    }

    /** A look that begins after this call, so that it sees every commit before it; all who wait share one. */
    private CompletableFuture<Snapshot> asked() {
        CompletableFuture<Snapshot> mine = new CompletableFuture<>();
        CompletableFuture<Snapshot> asked = next.compareAndExchange(null, mine);
        if (asked != null) {
            return asked;
        }
        try {
            thread.execute(() -> {
                next.set(null);
                try {
                    mine.complete(find());
                } catch (RuntimeException | Error failure) {
                    mine.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException stopping) {
            next.set(null);
            mine.completeExceptionally(stopping);
        }
        return mine;
    }

    private Snapshot find() {
        progress = new Progress(Step.READING, 0, 0);
        OpenQuestions.Found found = questions.read();
        PublishedMeanings.Moment knowledge = published.now();
        List<float[]> meanings = meanings(found.questions(), knowledge.encoder());
        progress = new Progress(Step.GROUPING, 0, 0);
        List<Group> groups = groups(found.questions(), meanings);
        List<Group> open = open(groups, meanings != null, knowledge);
        last = new Snapshot(Instant.now(), open, found.cut(), found.anyAsked(), meanings != null);
        return last;
    }

    /** Null where there is no encoder, or it fails. */
    private List<float[]> meanings(List<OpenQuestion> all, TextVectors by) {
        if (by == null) {
            encoder = "";
            return null;
        }
        Map<String, float[]> known = by.version().equals(encoder) ? vectors : Map.of();
        Map<String, float[]> now = new HashMap<>();
        Set<String> unread = new LinkedHashSet<>();
        for (OpenQuestion question : all) {
            float[] vector = known.get(question.text());
            if (vector == null) {
                unread.add(question.text());
            } else {
                now.put(question.text(), vector);
            }
        }
        List<String> texts = List.copyOf(unread);
        try {
            for (int from = 0; from < texts.size(); from += TOGETHER) {
                progress = new Progress(Step.READING, from, texts.size());
                List<String> some = texts.subList(from, Math.min(texts.size(), from + TOGETHER));
                List<float[]> read = by.of(some, false).join();
                for (int i = 0; i < some.size(); i++) {
                    now.put(some.get(i), read.get(i));
                }
            }
        } catch (RuntimeException failure) {
            LOG.warnf(
                    "The encoder cannot read the unanswered questions; those of the same words are put together: %s",
                    failure);
            encoder = "";
            return null;
        }
        vectors = now;
        encoder = by.version();
        return all.stream().map(question -> now.get(question.text())).toList();
    }

    private List<Group> groups(List<OpenQuestion> all, List<float[]> meanings) {
        if (!grouped.of().equals(all) || !grouped.encoder().equals(encoder)) {
            List<Group> groups = meanings == null ? Grouping.byWords(all) : Grouping.byMeaning(all, meanings);
            grouped = new Grouped(all, encoder, groups);
        }
        Instant now = Instant.now();
        return grouped.groups().stream()
                .sorted(Comparator.comparingDouble((Group group) -> -group.weight(now))
                        .thenComparing(Group::id))
                .toList();
    }

    /** Without those that the knowledge base answers by now: the question in their middle, and the newest. */
    private List<Group> open(List<Group> groups, boolean byMeaning, PublishedMeanings.Moment knowledge) {
        Map<UUID, Verdict> now = new HashMap<>();
        int replies = knowledge.replies().stream()
                .map(reply -> reply.id().hashCode() * 31 + reply.version())
                .reduce(0, Integer::sum);
        List<Group> open = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            progress = new Progress(Step.COMPARING, i, groups.size());
            Group group = groups.get(i);
            boolean ranking = i < RANKED;
            if (!isAnswered(group.central(), byMeaning, knowledge, ranking, replies, now)
                    || !isAnswered(group.newest(), byMeaning, knowledge, ranking, replies, now)) {
                open.add(group);
            }
        }
        verdicts = now;
        return open;
    }

    private boolean isAnswered(
            OpenQuestion question,
            boolean byMeaning,
            PublishedMeanings.Moment knowledge,
            boolean ranking,
            int replies,
            Map<UUID, Verdict> now) {
        Verdict before = now.getOrDefault(question.id(), verdicts.get(question.id()));
        if (before == null || !before.holds(replies, Instant.now())) {
            float[] vector = byMeaning ? vectors.get(question.text()) : null;
            boolean answered = answeredByNow.isAnswered(question, vector, knowledge, ranking);
            before = new Verdict(replies, Instant.now(), answered);
        }
        now.put(question.id(), before);
        return before.answered();
    }

    void stop(@Observes ShutdownEvent event) {
        DaemonThreads.end(thread);
    }
}
