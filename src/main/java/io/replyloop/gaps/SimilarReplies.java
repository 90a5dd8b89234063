package io.replyloop.gaps;

import io.replyloop.knowledge.ReplyLookup;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Script;
import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.retrieval.ReplyVector;
import io.replyloop.retrieval.ReplyVector.Written;
import io.replyloop.retrieval.TextVectors;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.util.VectorUtil;
import org.jboss.logging.Logger;

/**
 * Finds replies that may say the same already, by their meaning and by their words, drafts and archived ones included. A
 * translation is not the same: customers get replies in their own language.
 */
@ApplicationScoped
public class SimilarReplies {
    private static final Logger LOG = Logger.getLogger(SimilarReplies.class);
    private static final int SHOWN = 5;
    /** Of the demo shop's 86 replies, eight have another one of their language as near: enough to be looked at. */
    private static final double NEAR_IN_MEANING = 0.65;

    private static final double NEAR_IN_WORDS = 0.6;
    /** Drafts and archived replies, the newest. */
    private static final int UNPUBLISHED = 500;
    /** So many of them are read for their meaning at once; the others are compared by their words until next time. */
    private static final int READ_AT_ONCE = 100;

    private final PublishedMeanings published;
    private final ReplyLookup replies;
    private final Map<Version, float[]> known = new LinkedHashMap<>();

    SimilarReplies(PublishedMeanings published, ReplyLookup replies) {
        this.published = published;
        this.replies = replies;
    }

    private record Version(UUID reply, int number) {}

    private record Other(UUID id, String title, String text, ReplyState state, float[] meaning) {}

    /** The nearest first. */
    List<SimilarReply> to(String title, String text) {
        PublishedMeanings.Moment knowledge = published.now();
        List<Other> others = new ArrayList<>();
        knowledge
                .replies()
                .forEach(reply -> others.add(
                        new Other(reply.id(), reply.title(), reply.text(), ReplyState.PUBLISHED, reply.meaning())));
        List<ReplyView> unpublished = replies.unpublished(UNPUBLISHED);
        float[] meaning = meaning(knowledge.encoder(), title, text);
        Map<Version, float[]> meanings = meaning == null ? Map.of() : meanings(knowledge.encoder(), unpublished);
        unpublished.forEach(reply -> others.add(new Other(
                reply.id(),
                reply.title(),
                reply.text(),
                reply.state(),
                meanings.get(new Version(reply.id(), reply.version())))));
        Script script = Script.of(text);
        Set<String> words = words(title + "\n" + text);
        String same = ReplyText.normalised(text);
        return others.stream()
                .filter(other -> script.suits(Script.of(other.text())))
                .map(other -> compared(other, meaning, words, same))
                .filter(one -> one.same() || one.nearness() > 0)
                .sorted(Comparator.comparing((SimilarReply one) -> !one.same())
                        .thenComparing(one -> -one.nearness())
                        .thenComparing(SimilarReply::id))
                .limit(SHOWN)
                .toList();
    }

    /** Its nearness is 0 where it is too little to tell of. */
    private static SimilarReply compared(Other other, float[] meaning, Set<String> words, String same) {
        double byMeaning = meaning == null || other.meaning() == null || other.meaning().length != meaning.length
                ? 0
                : VectorUtil.dotProduct(meaning, other.meaning());
        double byWords = shared(words, words(other.title() + "\n" + other.text()));
        boolean near = byMeaning >= NEAR_IN_MEANING || byWords >= NEAR_IN_WORDS;
        return new SimilarReply(
                other.id(),
                other.title(),
                other.text(),
                other.state(),
                ReplyText.normalised(other.text()).equals(same),
                near ? Math.min(1, Math.max(byMeaning, byWords)) : 0);
    }

    private static float[] meaning(TextVectors encoder, String title, String text) {
        if (encoder == null) {
            return null;
        }
        try {
            return ReplyVector.of(encoder, List.of(new Written(title, text)), true)
                    .join()
                    .get(0);
        } catch (RuntimeException busy) {
            LOG.debugf(busy, "Replies are compared by their words alone");
            return null;
        }
    }

    private synchronized Map<Version, float[]> meanings(TextVectors encoder, List<ReplyView> unpublished) {
        Map<Version, ReplyView> wanted = new LinkedHashMap<>();
        unpublished.forEach(reply -> wanted.put(new Version(reply.id(), reply.version()), reply));
        known.keySet().retainAll(wanted.keySet());
        List<Version> unread = wanted.keySet().stream()
                .filter(version -> !known.containsKey(version))
                .limit(READ_AT_ONCE)
                .toList();
        List<Written> texts = unread.stream()
                .map(wanted::get)
                .map(reply -> new Written(reply.title(), reply.text()))
                .toList();
        try {
            List<float[]> read = texts.isEmpty()
                    ? List.of()
                    : ReplyVector.of(encoder, texts, false).join();
            for (int i = 0; i < read.size(); i++) {
                known.put(unread.get(i), read.get(i));
            }
        } catch (RuntimeException busy) {
            LOG.debugf(busy, "Drafts are compared by their words alone");
        }
        return Map.copyOf(known);
    }

    /** Twice what they share, of what both have; words in an alphabet, and pairs of Chinese characters. */
    public static double shared(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        long both = one.stream().filter(other::contains).count();
        return 2.0 * both / (one.size() + other.size());
    }

    public static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : ReplyText.normalised(text).split("[^\\p{L}\\p{N}]+")) {
            if (Script.of(word) != Script.CHINESE) {
                words.add(word);
                continue;
            }
            int[] characters = word.codePoints().toArray();
            for (int i = 0; i + 1 < characters.length; i++) {
                words.add(new String(characters, i, 2));
            }
        }
        words.remove("");
        return words;
    }
}
