package io.replyloop.retrieval;

import io.micrometer.core.instrument.MeterRegistry;
import io.replyloop.platform.Script;
import io.replyloop.retrieval.KnowledgeFollower.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.store.AlreadyClosedException;
import org.jboss.logging.Logger;

/** Finds the replies that may answer a customer. */
@ApplicationScoped
public class Retrieval {
    private static final Logger LOG = Logger.getLogger(Retrieval.class);

    /** So many characters tell which replies a text may be. */
    private static final int LIKENESS_LOOKS_AT = 600;

    private final KnowledgeFollower follower;
    private final RetrievalConfig config;
    /** Searches only compute: more of them at once would merely delay the handling of messages. */
    private final Semaphore searches =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final MeterRegistry metrics;

    Retrieval(KnowledgeFollower follower, RetrievalConfig config, MeterRegistry metrics) {
        this.follower = follower;
        this.config = config;
        this.metrics = metrics;
    }

    /** As {@link #candidates(String, String, int)}, with the configured limit. */
    public Candidates candidates(String query, String question) {
        return candidates(query, question, config.candidates());
    }

    /**
     * Finds candidates for a customer's question. A small knowledge base is returned as a whole, whatever the limit;
     * replies with the same text in the same language become one candidate. Sees every change that this node has
     * committed before.
     *
     * @param query the last turns, joined by newlines, oldest first
     * @param question the customer's newest burst, with which the query ends
     */
    public Candidates candidates(String query, String question, int limit) {
        Question asked = Question.of(query, question);
        Searched<ReplyIndex.Found> searched =
                searched(asked, (state, understood) -> state.index().search(understood));
        State state = searched.in();
        ReplyIndex.Found evidence = searched.found();
        Script script = Script.of(asked.text());

        Map<String, Found> byText = new HashMap<>();
        for (Published reply : state.replies().values()) {
            Evidence own = evidence.evidence(reply.id());
            boolean sameLanguage = Script.ofLanguage(reply.language()).suits(script);
            Found one = Found.of(reply, own, sameLanguage, evidence.before().get(reply.id()));
            byText.merge(reply.sameAs(), one, Found::joined);
        }
        List<Found> found = new ArrayList<>(byText.values());
        if (found.size() > config.rankWholeUpTo()) {
            found = best(found, Math.max(1, limit));
        }
        found.sort(Found.MOST_PROMISING);
        List<Candidate> candidates = found.stream().map(Found::candidate).toList();
        return new Candidates(state.revision(), candidates);
    }

    /**
     * What somebody finds who looks for a reply in words of their own: nothing, where nothing is near.
     *
     * @param reader the language of whoever is to read it, before which no other goes that is about as near; or null
     */
    public List<LookedUp> lookUp(String words, String reader, int most) {
        Question asked = Question.of(words, words);
        Lookup found = searched(
                        asked,
                        (state, understood) ->
                                Lookup.of(state.index(), state.replies().values(), understood))
                .found();
        return found.near(reader == null ? Script.NONE : Script.ofLanguage(reader)).stream()
                .limit(most)
                .map(Lookup.Found::reply)
                .map(LookedUp::of)
                .toList();
    }

    /**
     * The published replies whose words are the likest to a text of the team's own, the likest first. By words alone and in
     * what is known of the replies at this moment, so that a transaction may ask.
     */
    public List<UUID> likest(String text, int most) {
        State state = follower.known();
        if (state == null) {
            return List.of();
        }
        String words = text.length() <= LIKENESS_LOOKS_AT ? text : text.substring(0, LIKENESS_LOOKS_AT);
        ReplyIndex.Found found;
        try {
            found = state.index().search(Question.of(words, words));
        } catch (AlreadyClosedException replaced) {
            LOG.debugf(replaced, "The index is being replaced");
            return List.of();
        }
        return state.replies().keySet().stream()
                .filter(reply -> found.evidence(reply).firstStage() > 0)
                .sorted(Comparator.comparingDouble(
                        (UUID reply) -> -found.evidence(reply).firstStage()))
                .limit(most)
                .toList();
    }

    /** What of a question stands in these replies, too, in what is known of them at this moment; at most so many words each. */
    public Map<UUID, List<String>> fittingWords(String question, Collection<UUID> replies, int most) {
        State state = follower.known();
        if (state == null) {
            return Map.of();
        }
        try {
            return state.index().fittingWords(question, Set.copyOf(replies), most);
        } catch (AlreadyClosedException replaced) {
            LOG.debugf(replaced, "The index is being replaced");
            return Map.of();
        }
    }

    /** Adds the embedding. If the encoder is too busy or gone, words have to do; a metric counts how often. */
    private Question understood(Meanings meanings, Question asked) {
        if (meanings == null) {
            return asked;
        }
        try {
            return asked.understoodBy(meanings.encoder(), true).join();
        } catch (RuntimeException late) {
            metrics.counter("replyloop.retrieval.by.words.alone").increment();
            LOG.debugf(late, "Searching for a question by its words alone");
            return asked;
        }
    }

    /** What was found, and in which state of the knowledge base. */
    private record Searched<T>(State in, T found) {}

    private <T> Searched<T> searched(Question asked, BiFunction<State, Question, T> search) {
        State state = follower.current();
        try {
            return new Searched<>(state, searched(state, asked, search));
        } catch (AlreadyClosedException replaced) {
            LOG.debugf(replaced, "The index has been replaced meanwhile");
            State next = follower.current();
            return new Searched<>(next, searched(next, asked, search));
        }
    }

    private <T> T searched(State state, Question asked, BiFunction<State, Question, T> search) {
        Question understood = understood(state.meanings(), asked);
        searches.acquireUninterruptibly();
        try {
            return search.apply(state, understood);
        } finally {
            searches.release();
        }
    }

    /** Takes the best by memory, by meaning and by words in turn, so that no kind of evidence crowds out another. */
    private static List<Found> best(List<Found> all, int limit) {
        List<Iterator<Found>> signs = List.of(
                best(all, limit, found -> found.evidence().memory()),
                best(all, limit, found -> found.evidence().meaning()),
                best(all, limit, found -> found.evidence().firstStage()));
        Set<Found> best = new LinkedHashSet<>();
        while (best.size() < limit && signs.stream().anyMatch(Iterator::hasNext)) {
            for (Iterator<Found> sign : signs) {
                if (sign.hasNext() && best.size() < limit) {
                    best.add(sign.next());
                }
            }
        }
        return new ArrayList<>(best);
    }

    /** Takes the best by one sign, in one pass: most of a large knowledge base shows a little of each sign. */
    private static Iterator<Found> best(List<Found> all, int limit, ToDoubleFunction<Found> sign) {
        Comparator<Found> bestFirst =
                Comparator.comparingDouble(sign).reversed().thenComparing(Found.MOST_PROMISING);
        PriorityQueue<Found> worstFirst = new PriorityQueue<>(limit, bestFirst.reversed());
        for (Found found : all) {
            if (sign.applyAsDouble(found) <= 0) {
                continue;
            }
            if (worstFirst.size() == limit) {
                if (bestFirst.compare(found, worstFirst.peek()) >= 0) {
                    continue;
                }
                worstFirst.poll();
            }
            worstFirst.add(found);
        }
        return worstFirst.stream().sorted(bestFirst).iterator();
    }

    /** @param promise precomputed, because it is compared for each of thousands of replies */
    private record Found(Published reply, Evidence evidence, boolean sameLanguage, Long before, double promise) {
        /** Memory is by far the strongest evidence; meaning and words decide where nothing similar was asked before. */
        static final Comparator<Found> MOST_PROMISING = Comparator.comparingDouble((Found found) -> -found.promise())
                .thenComparing(found -> !found.sameLanguage())
                .thenComparing(found -> found.reply().order());

        static Found of(Published reply, Evidence evidence, boolean sameLanguage, Long before) {
            return new Found(
                    reply,
                    evidence,
                    sameLanguage,
                    before,
                    evidence.memory() + evidence.meaning() + 0.1 * evidence.firstStage());
        }

        /**
         * Joins two replies with the same text: the more promising one stands for both, with the better evidence of
         * each kind.
         */
        Found joined(Found other) {
            Found first = MOST_PROMISING.compare(this, other) <= 0 ? this : other;
            Long like = first.before() == null ? (before == null ? other.before() : before) : first.before();
            return of(first.reply(), evidence.better(other.evidence), first.sameLanguage(), like);
        }

        Candidate candidate() {
            return new Candidate(
                    reply.id(), reply.version(), reply.title(), reply.text(), reply.category(), evidence, before);
        }
    }
}
