package io.replyloop.gaps;

import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.retrieval.TextVectors;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.VectorUtil;
import org.jboss.logging.Logger;

/**
 * Which of several answers says most typically what agents say: near in meaning to the other answers and to the question.
 * Without the question, "One moment, please" would be the most typical of all.
 */
@ApplicationScoped
class TypicalAnswers {
    private static final Logger LOG = Logger.getLogger(TypicalAnswers.class);
    /** As many are compared at most. */
    static final int COMPARED = 40;

    private final PublishedMeanings published;

    TypicalAnswers(PublishedMeanings published) {
        this.published = published;
    }

    /** Those with an answer, the most typical first; in their own order where no encoder can tell. */
    List<OpenQuestion> first(List<OpenQuestion> answered, String question) {
        List<OpenQuestion> some = answered.subList(0, Math.min(COMPARED, answered.size()));
        TextVectors encoder = some.size() < 2 ? null : published.now().encoder();
        if (encoder == null) {
            return some;
        }
        List<String> texts =
                new ArrayList<>(some.stream().map(OpenQuestion::answer).toList());
        texts.add(question);
        try {
            List<float[]> vectors = encoder.of(texts, true).join();
            return byTypicality(some, vectors.subList(0, some.size()), vectors.get(some.size()));
        } catch (RuntimeException busy) {
            LOG.debugf(busy, "Answers are shown in the order of their number");
            return some;
        }
    }

    static List<OpenQuestion> byTypicality(List<OpenQuestion> answered, List<float[]> vectors, float[] question) {
        Map<OpenQuestion, Double> typical = new HashMap<>();
        for (int i = 0; i < vectors.size(); i++) {
            double others = 0;
            for (int j = 0; j < vectors.size(); j++) {
                others += i == j ? 0 : VectorUtil.dotProduct(vectors.get(i), vectors.get(j));
            }
            typical.put(
                    answered.get(i),
                    others / Math.max(1, vectors.size() - 1) + VectorUtil.dotProduct(vectors.get(i), question));
        }
        return answered.stream()
                .sorted(Comparator.comparingDouble((OpenQuestion one) -> -typical.get(one)))
                .toList();
    }
}
