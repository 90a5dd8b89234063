package io.replyloop.retrieval;

import io.replyloop.platform.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which replies are near to what somebody looks for. Ranking alone always finds something; whether that is near, is another
 * question, with limits of its own. They are measured: see knowledge-search.md.
 */
final class Lookup {
    /** Replies count by meaning where the nearest is as near as this. */
    static final double NEAR = 0.22;

    /** Of the nearest one's nearness, so much is wanted of all others. */
    static final double BESIDE_THE_NEAREST = 0.4;

    /** A reply counts that has answered a question as near. */
    static final double NEAR_QUESTION = 0.55;

    /** A reply counts with so much of the words in rare ones, however far its meaning: in a small knowledge base, one of three. */
    static final double RARE = 0.25;

    /** A reply counts that has nearly all of the words. */
    static final double NEARLY_ALL = 0.75;

    /**
     * A reply that whoever asks can read goes before another that is nearer by no more than this: so far apart are the
     * translations of one reply.
     */
    static final double LANGUAGE = 0.2;

    private final List<Found> all;
    private final boolean saysSomething;

    private Lookup(List<Found> all, boolean saysSomething) {
        this.all = all;
        this.saysSomething = saysSomething;
    }

    /**
     * A reply with the signs that it is what somebody looks for, each 0 to 1.
     *
     * @param promise as for a customer's question; says which is nearer, and not how near it is
     * @param meaning nearness of its text; 0 exactly where it is not known
     * @param answered nearness of the nearest question that it has answered
     * @param words what its words have in common with those looked for, of which one is enough
     * @param shared how much of the words looked for it has
     */
    record Found(
            Published reply, double promise, double meaning, double answered, double words, SharedWords.Share shared) {
        private boolean isNear(double limit) {
            return meaning >= limit
                    || answered >= NEAR_QUESTION
                    || shared.rare() >= RARE
                    || shared.all() >= NEARLY_ALL
                    || meaning == 0 && words > 0;
        }

        private double forReader(Script reader) {
            return promise + (Script.ofLanguage(reply.language()).suits(reader) ? LANGUAGE : 0);
        }
    }

    /** @param question without a meaning, words have to do */
    static Lookup of(ReplyIndex index, Collection<Published> replies, Question question) {
        ReplyIndex.Found found = index.search(question);
        Map<UUID, SharedWords.Share> shared = index.sharing(question.words());
        Map<UUID, Double> answered = question.meaning() == null ? Map.of() : index.nearestAnswered(question.meaning());
        List<Found> all = new ArrayList<>();
        for (Published reply : replies) {
            Evidence evidence = found.evidence(reply.id());
            all.add(new Found(
                    reply,
                    evidence.memory() + evidence.meaning() + 0.1 * evidence.firstStage(),
                    evidence.meaning(),
                    answered.getOrDefault(reply.id(), 0.0),
                    evidence.firstStage(),
                    shared.getOrDefault(reply.id(), SharedWords.Share.NONE)));
        }
        return new Lookup(all, saysSomething(question.words()));
    }

    /** Those that are near, the nearest first; of those with the same text in the same language, one. */
    List<Found> near(Script reader) {
        return near(reader, NEAR);
    }

    /** As {@link #near(Script)}, with another limit of nearness in meaning. */
    List<Found> near(Script reader, double least) {
        double best = all.stream().mapToDouble(Found::meaning).max().orElse(0);
        double wanted = best < least || !saysSomething ? Double.POSITIVE_INFINITY : BESIDE_THE_NEAREST * best;
        Set<String> texts = new HashSet<>();
        return ranked(reader).stream()
                .filter(found -> found.isNear(wanted))
                .filter(found -> texts.add(found.reply().sameAs()))
                .toList();
    }

    /** One letter means nothing, whatever an encoder makes of it; one Chinese character may. */
    private static boolean saysSomething(String typed) {
        return typed.codePoints().filter(Character::isLetterOrDigit).limit(2).count() > 1
                || typed.codePoints().anyMatch(Character::isIdeographic);
    }

    /** All of them. */
    List<Found> ranked(Script reader) {
        return all.stream()
                .sorted(Comparator.comparingDouble((Found found) -> -found.forReader(reader))
                        .thenComparing(found -> found.reply().order()))
                .toList();
    }
}
