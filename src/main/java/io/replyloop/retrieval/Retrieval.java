package io.replyloop.retrieval;

import io.replyloop.retrieval.ReplyIndex.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.ToDoubleFunction;

/** Finds the replies that may answer a customer. */
@ApplicationScoped
public class Retrieval {
    private final KnowledgeFollower follower;
    private final RetrievalConfig config;
    /** Searches are pure computing: more of them at once than this only push aside the messages that come meanwhile. */
    private final Semaphore searches =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Retrieval(KnowledgeFollower follower, RetrievalConfig config) {
        this.follower = follower;
        this.config = config;
    }

    /** As below, with the configured limit. */
    public Candidates candidates(String query, String question) {
        return candidates(query, question, config.candidates());
    }

    /**
     * Candidates for a customer's question. A small knowledge base is returned whole, whatever the limit; replies that
     * say the same in the same language are one candidate. Sees every change that this node has committed before.
     *
     * @param query the last turns joined by newlines, oldest first
     * @param question the customer's newest burst, with which the query ends
     */
    public Candidates candidates(String query, String question, int limit) {
        KnowledgeFollower.State state = follower.current();
        Question asked = Question.of(query, question);
        Map<UUID, Evidence> evidence = search(state.index(), asked);
        Script script = Script.of(asked.text());

        Map<String, Found> byText = new HashMap<>();
        for (KnowledgeFollower.Published reply : state.replies().values()) {
            Evidence own = evidence.getOrDefault(reply.id(), Evidence.NONE);
            Found one = new Found(reply, own, Script.ofLanguage(reply.language()) == script);
            byText.merge(reply.language() + ' ' + reply.textKey(), one, Found::joined);
        }
        List<Found> found = new ArrayList<>(byText.values());
        if (found.size() > config.rankWholeUpTo()) {
            found = best(found, Math.max(1, limit));
        }
        found.sort(Found.MOST_PROMISING);
        List<Candidate> candidates = found.stream().map(Found::candidate).toList();
        return new Candidates(state.revision(), candidates);
    }

    private Map<UUID, Evidence> search(ReplyIndex index, Question asked) {
        searches.acquireUninterruptibly();
        try {
            return index.search(asked);
        } finally {
            searches.release();
        }
    }

    /** By turns the best by memory and the best by own words, so that neither sign crowds out the other. */
    private static List<Found> best(List<Found> all, int limit) {
        Iterator<Found> byMemory = matches(all, found -> found.evidence().memory());
        Iterator<Found> byWords = matches(all, found -> found.evidence().firstStage());
        Set<Found> best = new LinkedHashSet<>();
        while (best.size() < limit && (byMemory.hasNext() || byWords.hasNext())) {
            if (byMemory.hasNext()) {
                best.add(byMemory.next());
            }
            if (byWords.hasNext() && best.size() < limit) {
                best.add(byWords.next());
            }
        }
        return new ArrayList<>(best);
    }

    private static Iterator<Found> matches(List<Found> all, ToDoubleFunction<Found> sign) {
        return all.stream()
                .filter(found -> sign.applyAsDouble(found) > 0)
                .sorted(Comparator.comparingDouble(sign).reversed().thenComparing(Found.MOST_PROMISING))
                .iterator();
    }

    private record Found(KnowledgeFollower.Published reply, Evidence evidence, boolean sameLanguage) {
        /** Memory is by far the better sign; own words decide among what was never asked before. */
        static final Comparator<Found> MOST_PROMISING = Comparator.comparingDouble((Found found) ->
                        -found.evidence().memory() - 0.1 * found.evidence().firstStage())
                .thenComparing(found -> !found.sameLanguage())
                .thenComparing(found -> found.reply().order());

        /** Two replies that say the same: the one that comes first stands for both, with the better of both signs. */
        Found joined(Found other) {
            Found first = MOST_PROMISING.compare(this, other) <= 0 ? this : other;
            return new Found(
                    first.reply(),
                    new Evidence(
                            Math.max(evidence.firstStage(), other.evidence.firstStage()),
                            Math.max(evidence.memory(), other.evidence.memory())),
                    first.sameLanguage());
        }

        Candidate candidate() {
            return new Candidate(
                    reply.id(),
                    reply.version(),
                    reply.title(),
                    reply.text(),
                    reply.category(),
                    evidence.firstStage(),
                    evidence.memory());
        }
    }
}
