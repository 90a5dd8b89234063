package io.replyloop.curation;

import io.quarkus.runtime.ShutdownEvent;
import io.replyloop.curation.LabelErrors.Judged;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.retrieval.TextVectors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks through the examples for what people should look at, on one thread in the background. What is found is stored; if
 * two nodes look at the same time, the later one has the last word.
 */
@ApplicationScoped
class LookThrough {
    private static final Logger LOG = Logger.getLogger(LookThrough.class);
    /** Texts that the encoder reads together; whoever waits for an answer comes between. */
    private static final int TOGETHER = 32;
    /** Below, a classifier knows nothing. */
    private static final int FEWEST_EXAMPLES = 50;

    private static final int MOST_ERRORS = 1_000;
    private static final int MOST_REJECTED = 1_000;

    private final Findings findings;
    private final PublishedMeanings published;
    private final CurationConfig config;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(DaemonThreads.inTheBackground("look-through-examples"));

    private volatile Progress progress;
    private volatile boolean failed;

    LookThrough(Findings findings, PublishedMeanings published, CurationConfig config) {
        this.findings = findings;
        this.published = published;
        this.config = config;
    }

    /** @param share of the step that is done, from 0 to 1 */
    record Progress(String step, double share) {}

    void stop(@Observes ShutdownEvent event) {
        DaemonThreads.end(thread);
    }

    /** Null while nothing is going on. */
    Progress progress() {
        return progress;
    }

    /** Whether the last look on this node came to nothing, other than for want of a database; the log says why. */
    boolean hasFailed() {
        return failed;
    }

    /** Begins a look, unless one is going on. */
    void begin() {
        if (asked.compareAndSet(false, true)) {
            progress = new Progress("reading", 0);
            thread.execute(() -> {
                try {
                    look();
                    failed = false;
                } catch (RuntimeException | Error failure) {
                    // A moment without a database says nothing about the examples: the next who asks begins again.
                    if (DatabaseAway.causedBy(failure)) {
                        LOG.warnf("The examples are looked through later: %s", failure.getMessage());
                    } else {
                        failed = true;
                        LOG.error("The examples cannot be looked through; what was found before stays", failure);
                    }
                } finally {
                    progress = null;
                    asked.set(false);
                }
            });
        }
    }

    private void look() {
        Findings.Basis basis = findings.basis();
        List<LookedAt> examples = findings.examples(config.examples(), config.questions());
        TextVectors encoder = published.now().encoder();
        Map<String, float[]> meanings = encoder == null ? Map.of() : meanings(examples, encoder);
        progress = new Progress("comparing", 0);
        Map<String, float[]> ofQueries = new HashMap<>();
        examples.forEach(example -> {
            float[] meaning = meanings.get(question(example));
            if (meaning != null) {
                ofQueries.put(example.query(), meaning);
            }
        });
        List<Finding> found = new ArrayList<>();
        found.addAll(SameQuestions.contradictions(examples, ofQueries));
        found.addAll(SameQuestions.repeats(examples));
        found.addAll(rejected(examples));
        found.addAll(errors(examples, meanings));
        Set<String> questions = new HashSet<>();
        examples.forEach(example -> questions.add(example.query()));
        findings.replace(
                basis,
                examples.size(),
                questions.size(),
                basis.examples() > examples.size(),
                encoder == null ? null : encoder.version(),
                found);
        LOG.debugf("Looked through %d examples: %d findings", examples.size(), found.size());
    }

    private Map<String, float[]> meanings(List<LookedAt> examples, TextVectors encoder) {
        Set<String> unread = new LinkedHashSet<>();
        examples.forEach(example -> {
            unread.add(question(example));
            unread.add(example.replyText());
        });
        List<String> texts = List.copyOf(unread);
        Map<String, float[]> meanings = new HashMap<>();
        for (int from = 0; from < texts.size(); from += TOGETHER) {
            progress = new Progress("reading", (double) from / texts.size());
            List<String> some = texts.subList(from, Math.min(texts.size(), from + TOGETHER));
            List<float[]> read = encoder.of(some, false).join();
            for (int i = 0; i < some.size(); i++) {
                meanings.put(some.get(i), read.get(i));
            }
        }
        return meanings;
    }

    private List<Finding> rejected(List<LookedAt> examples) {
        Map<UUID, List<LookedAt>> ofImpression = new HashMap<>();
        examples.forEach(example -> ofImpression
                .computeIfAbsent(example.impression(), impression -> new ArrayList<>())
                .add(example));
        long oldest = examples.isEmpty() ? Long.MAX_VALUE : examples.get(0).id();
        List<Finding> found = new ArrayList<>();
        for (UUID impression : findings.rejectedEverywhere(oldest, MOST_REJECTED)) {
            List<LookedAt> of = ofImpression.getOrDefault(impression, List.of());
            if (!of.isEmpty()) {
                found.add(new Finding(Queue.REJECTED, of, null));
            }
        }
        return found;
    }

    private List<Finding> errors(List<LookedAt> examples, Map<String, float[]> meanings) {
        if (meanings.isEmpty() || examples.size() < FEWEST_EXAMPLES) {
            return List.of();
        }
        Map<String, Integer> questions =
                numbered(examples.stream().map(LookThrough::question).toList());
        Map<String, Integer> replies =
                numbered(examples.stream().map(LookedAt::replyText).toList());
        Map<Long, LookedAt> byId = new HashMap<>();
        List<Judged> judged = new ArrayList<>();
        for (LookedAt example : examples) {
            byId.put(example.id(), example);
            judged.add(new Judged(
                    example.id(),
                    example.conversation(),
                    questions.get(question(example)),
                    replies.get(example.replyText()),
                    example.fits()));
        }
        return LabelErrors.find(
                        judged,
                        vectors(questions.keySet(), meanings),
                        vectors(replies.keySet(), meanings),
                        share -> progress = new Progress("judging", share))
                .stream()
                .limit(MOST_ERRORS)
                .map(suspect -> new Finding(Queue.LABEL_ERROR, List.of(byId.get(suspect.id())), suspect.probability()))
                .toList();
    }

    private static Map<String, Integer> numbered(Collection<String> texts) {
        Map<String, Integer> numbered = new LinkedHashMap<>();
        texts.forEach(text -> numbered.putIfAbsent(text, numbered.size()));
        return numbered;
    }

    private static float[][] vectors(Collection<String> texts, Map<String, float[]> meanings) {
        return texts.stream().map(meanings::get).toArray(float[][]::new);
    }

    private static String question(LookedAt example) {
        return TurnMark.question(example.query());
    }
}
