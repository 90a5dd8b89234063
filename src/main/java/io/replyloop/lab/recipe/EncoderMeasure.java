package io.replyloop.lab.recipe;

import io.replyloop.bert.network.Encoder;
import io.replyloop.lab.corpus.DemoShop;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.KnowledgeBase.Candidate;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Retrieval with an encoder on a knowledge base that it was not trained on: the questions of the demo shop, by the dot
 * product of their vectors and those of title and text. Nothing is fitted to the demo shop.
 */
public final class EncoderMeasure {
    /** R@1 and R@3. */
    public record Found(double first, double firstThree) {}

    /** Questions in one language and replies in one language, ranked by the encoder and by BM25. */
    public record Row(String questions, String replies, int count, Found meaning, Found words) {
        public String toLine() {
            return String.format(
                    Locale.ROOT,
                    "%d questions in %s, replies in %s: by meaning R@1 %.2f R@3 %.2f, by BM25 R@1 %.2f R@3 %.2f",
                    count,
                    questions,
                    replies,
                    meaning.first(),
                    meaning.firstThree(),
                    words.first(),
                    words.firstThree());
        }
    }

    private final KnowledgeBase base;
    private final List<Pick> picks;

    private EncoderMeasure(KnowledgeBase base, List<Pick> picks) {
        this.base = base;
        this.picks = picks;
    }

    public static EncoderMeasure demoShop() throws IOException {
        return new EncoderMeasure(DemoShop.replies(), DemoShop.picks());
    }

    /** First within each language, then across languages, where the only answer is in the other language. */
    public List<Row> measure(Encoder encoder) {
        Map<String, float[]> vectors = vectors(encoder);
        List<Row> rows = new ArrayList<>();
        List<String> languages = List.copyOf(base.tasks());
        try (FirstStage words = new FirstStage(base, List.of())) {
            for (boolean across : new boolean[] {false, true}) {
                for (String asked : languages) {
                    for (String answered : languages) {
                        if (asked.equals(answered) != across) {
                            rows.add(measure(asked, answered, vectors, words));
                        }
                    }
                }
            }
        }
        return rows;
    }

    private Row measure(String asked, String answered, Map<String, float[]> vectors, FirstStage words) {
        List<Pick> questions =
                picks.stream().filter(pick -> pick.tasks().contains(asked)).toList();
        List<Candidate> candidates = base.candidates(List.of(answered));
        Found meaning = found(questions, candidates, answered, pick -> {
            float[] question = vectors.get(pick.burst());
            return scores(candidates, candidate -> Encoder.product(question, vectors.get(text(candidate))));
        });
        Found byWords = found(
                questions,
                candidates,
                answered,
                pick -> words.score(pick, candidates).stream()
                        .mapToDouble(Evidence::firstStage)
                        .toArray());
        return new Row(asked, answered, questions.size(), meaning, byWords);
    }

    private interface Ranking {
        double[] of(Pick question);
    }

    private static Found found(List<Pick> questions, List<Candidate> candidates, String language, Ranking ranking) {
        double first = 0;
        double firstThree = 0;
        for (Pick question : questions) {
            String right = inLanguage(question.label(), language);
            double[] scores = ranking.of(question);
            int rank = rank(candidates, scores, right);
            first += rank == 0 ? 1 : 0;
            firstThree += rank < 3 ? 1 : 0;
        }
        return new Found(first / questions.size(), firstThree / questions.size());
    }

    /** The number of others that score at least as high, so ties count against the right reply. */
    private static int rank(List<Candidate> candidates, double[] scores, String right) {
        int own = -1;
        for (int i = 0; i < scores.length; i++) {
            own = candidates.get(i).label().equals(right) ? i : own;
        }
        if (own < 0) {
            throw new IllegalStateException("there is no reply " + right);
        }
        int before = 0;
        for (int i = 0; i < scores.length; i++) {
            before += i != own && scores[i] >= scores[own] ? 1 : 0;
        }
        return before;
    }

    /** The label of the Chinese counterpart of 'voucher' is 'voucher_zh'. */
    private static String inLanguage(String label, String language) {
        String plain = label.endsWith("_zh") ? label.substring(0, label.length() - 3) : label;
        return language.equals("zh") ? plain + "_zh" : plain;
    }

    private static double[] scores(List<Candidate> candidates, ToDoubleFunction<Candidate> score) {
        return candidates.stream().mapToDouble(score).toArray();
    }

    private Map<String, float[]> vectors(Encoder encoder) {
        Set<String> texts = new LinkedHashSet<>();
        picks.forEach(pick -> texts.add(pick.burst()));
        base.all().forEach(candidate -> texts.add(text(candidate)));
        List<String> order = List.copyOf(texts);
        List<float[]> vectors = encoder.embed(order);
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            byText.put(order.get(i), vectors.get(i));
        }
        return byText;
    }

    private String text(Candidate candidate) {
        String text = candidate.texts().iterator().next();
        return base.title(text) + "\n" + text;
    }
}
