package io.replyloop.retrieval;

import io.replyloop.knowledge.ReplyText;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.lucene.util.VectorUtil;

/**
 * Questions for which agents have rejected a reply. When a similar question is asked, the evidence for that reply is
 * scaled down, more with each rejection; the reply may still be the best one available.
 */
final class Rejections {
    /** Rejections kept per reply; older ones are forgotten. */
    private static final int KEPT = 50;
    /** The share of the evidence that one rejection of the same question removes. */
    private static final double WEIGHT = 0.8;
    /** Questions with at most this similarity count as different. */
    private static final double OTHER = 0.7;

    private record Rejected(String id, String text, String context, float[] meaning) {}

    private final Map<UUID, Deque<Rejected>> ofReply = new ConcurrentHashMap<>();
    private final Map<UUID, String> texts = new HashMap<>();

    /** Sets the text of a reply; rejections of a different text are forgotten. */
    void written(UUID reply, String text) {
        String before = texts.put(reply, ReplyText.key(text));
        if (before != null && !before.equals(texts.get(reply))) {
            ofReply.remove(reply);
        }
    }

    /** Removes the rejection of a question that has since been answered with the reply. */
    void answered(IndexedQuestion question) {
        Deque<Rejected> known = ofReply.get(question.reply());
        if (known != null) {
            Rejected same = rejected(question);
            known.removeIf(one -> one.text.equals(same.text) && one.context.equals(same.context));
        }
    }

    private static Rejected rejected(IndexedQuestion question) {
        return new Rejected(
                question.id(),
                ReplyText.normalised(question.question()),
                ReplyText.normalised(question.context()),
                question.meaning());
    }

    /** Sets the vector of an existing rejection. */
    void understand(IndexedQuestion question) {
        Deque<Rejected> known = ofReply.get(question.reply());
        if (known != null && known.stream().anyMatch(one -> one.id.equals(question.id()))) {
            add(question);
        }
    }

    void add(IndexedQuestion question) {
        Deque<Rejected> known = ofReply.computeIfAbsent(question.reply(), reply -> new ConcurrentLinkedDeque<>());
        boolean unknown = known.stream().noneMatch(one -> one.id.equals(question.id()));
        if (!unknown && question.meaning() != null) {
            unknown = known.removeIf(one -> one.id.equals(question.id()) && one.meaning == null);
        }
        if (unknown) {
            known.add(rejected(question));
            if (known.size() > KEPT) {
                known.poll();
            }
        }
    }

    void remove(UUID reply) {
        ofReply.remove(reply);
        texts.remove(reply);
    }

    /** The share of the evidence for the reply that is left. */
    double left(UUID reply, Question asked) {
        double left = 1;
        Deque<Rejected> rejected = ofReply.get(reply);
        if (rejected != null) {
            String text = ReplyText.normalised(asked.text());
            for (Rejected one : rejected) {
                left *= 1 - WEIGHT * likeness(one, asked, text);
            }
        }
        return left;
    }

    private static double likeness(Rejected one, Question asked, String text) {
        if (one.meaning == null || asked.meaning() == null) {
            return one.text.equals(text) ? 1 : 0;
        }
        double both = VectorUtil.dotProduct(one.meaning, asked.meaning());
        double length = VectorUtil.dotProduct(one.meaning, one.meaning)
                * VectorUtil.dotProduct(asked.meaning(), asked.meaning());
        return Math.max(0, Math.min(1, (both / Math.sqrt(length) - OTHER) / (1 - OTHER)));
    }
}
