package io.replyloop.gaps;

import io.replyloop.knowledge.ReplyText;
import io.replyloop.platform.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * Questions by their meaning. To an encoder the questions of one team are all a little alike, more so in one language than
 * in another: what they have in common, language by language, is taken away before they are compared, so that one limit
 * suits all teams, and both languages find together. Chosen on clinc150, three parts of it that are of one subject each,
 * and the demo shop (ADR 101).
 */
public final class Grouping {
    /** Mean nearness from which on groups of many questions are joined. */
    private static final double NEARNESS = 0.40;
    /** So much more is asked for where there are so few that it cannot be told what they have in common. */
    private static final double MORE_OF_FEW = 0.15;

    private static final double FEW = 30;

    private Grouping() {}

    /**
     * @param vectors of the questions, of length 1 and in their order
     * @return those of a group with the most central first, and past ones only beside others
     */
    static List<Group> byMeaning(List<OpenQuestion> questions, List<float[]> vectors) {
        List<float[]> own = withoutCommon(
                questions.stream().map(question -> Script.of(question.text())).toList(), vectors);
        List<Group> groups = new ArrayList<>();
        for (int[] members : Clusters.of(own, nearness(questions.size()))) {
            float[] sum = sum(Arrays.stream(members).mapToObj(own::get).toList(), own.get(0).length);
            Comparator<Integer> mostCentral =
                    Comparator.comparingDouble(member -> -VectorUtil.dotProduct(own.get(member), sum));
            List<OpenQuestion> byCentrality = Arrays.stream(members)
                    .boxed()
                    .sorted(mostCentral.thenComparing(Comparator.naturalOrder()))
                    .map(questions::get)
                    .toList();
            addTo(groups, byCentrality);
        }
        return groups;
    }

    /** Where no encoder tells what they mean, only those of the same words. */
    static List<Group> byWords(List<OpenQuestion> questions) {
        Map<String, List<OpenQuestion>> byText = questions.stream()
                .collect(Collectors.groupingBy(
                        question -> ReplyText.normalised(question.text()), LinkedHashMap::new, Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        byText.values().forEach(same -> addTo(groups, same));
        return groups;
    }

    private static void addTo(List<Group> groups, List<OpenQuestion> byCentrality) {
        if (byCentrality.stream().anyMatch(question -> !question.past())) {
            groups.add(Group.of(byCentrality));
        }
    }

    static double nearness(int questions) {
        return NEARNESS + MORE_OF_FEW * FEW / (questions + FEW);
    }

    /** @param scripts of the texts, in the order of their vectors */
    public static List<float[]> withoutCommon(List<Script> scripts, List<float[]> vectors) {
        Map<Script, float[]> common = new EnumMap<>(Script.class);
        for (Script script : Script.values()) {
            List<float[]> ofScript = IntStream.range(0, vectors.size())
                    .filter(one -> scripts.get(one) == script)
                    .mapToObj(vectors::get)
                    .toList();
            if (!ofScript.isEmpty()) {
                float[] sum = sum(ofScript, ofScript.get(0).length);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] /= (float) (ofScript.size() + FEW);
                }
                common.put(script, sum);
            }
        }
        return IntStream.range(0, vectors.size())
                .mapToObj(one -> difference(vectors.get(one), common.get(scripts.get(one))))
                .toList();
    }

    private static float[] sum(Collection<float[]> vectors, int dimension) {
        float[] sum = new float[dimension];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                sum[i] += vector[i];
            }
        }
        return sum;
    }

    /** Of length 1. */
    private static float[] difference(float[] vector, float[] less) {
        float[] difference = new float[vector.length];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            difference[i] = vector[i] - less[i];
            squares += difference[i] * difference[i];
        }
        if (squares == 0) {
            return vector;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            difference[i] *= scale;
        }
        return difference;
    }
}
