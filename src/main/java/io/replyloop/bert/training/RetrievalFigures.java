package io.replyloop.bert.training;

import io.replyloop.bert.network.Encoder;
import java.util.List;
import java.util.Locale;

/**
 * How well sentences retrieve their translations among all others, by the dot product of their vectors.
 *
 * @param forth share of the known sentences whose translation ranks first
 * @param back the reverse direction
 */
public record RetrievalFigures(int pairs, double forth, double back) {

    /** For people. */
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "of %,d sentences %.1f %% find their translation first, %.1f %% the other way round",
                pairs,
                100 * forth,
                100 * back);
    }

    public static RetrievalFigures of(List<float[]> known, List<float[]> translated) {
        int forth = 0;
        int back = 0;
        for (int i = 0; i < known.size(); i++) {
            forth += isFirst(known.get(i), translated, i) ? 1 : 0;
            back += isFirst(translated.get(i), known, i) ? 1 : 0;
        }
        double count = Math.max(1, known.size());
        return new RetrievalFigures(known.size(), forth / count, back / count);
    }

    private static boolean isFirst(float[] asked, List<float[]> all, int own) {
        double wanted = Encoder.product(asked, all.get(own));
        for (int i = 0; i < all.size(); i++) {
            // A sentence with exactly the same similarity is usually the same sentence.
            if (i != own && Encoder.product(asked, all.get(i)) > wanted) {
                return false;
            }
        }
        return true;
    }
}
