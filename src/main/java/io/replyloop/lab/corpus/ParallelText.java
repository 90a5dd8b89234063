package io.replyloop.lab.corpus;

import io.replyloop.bert.training.Translation;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * English sentences with their Chinese translations. Pairs at regular intervals are held out; neither of their sentences
 * occurs in the training part.
 */
public record ParallelText(List<Translation> train, List<Translation> held) {

    /** Reads {@code {"en", "zh"}} per line, plain or gzipped. */
    public static ParallelText read(Path file, int heldOut) throws IOException {
        List<Translation> all = new ArrayList<>();
        JsonLines.read(file, (number, pair) -> {
            for (String field : List.of("en", "zh")) {
                if (!pair.path(field).isTextual() || pair.get(field).asText().isBlank()) {
                    throw new IllegalArgumentException("there is no " + field);
                }
            }
            all.add(new Translation(pair.get("en").asText(), pair.get("zh").asText()));
        });
        return split(all, heldOut);
    }

    static ParallelText split(List<Translation> all, int heldOut) {
        int every = heldOut == 0 ? Integer.MAX_VALUE : Math.max(2, all.size() / heldOut);
        List<Translation> held = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Set<String> translated = new HashSet<>();
        for (int i = every - 1; i >= 0 && i < all.size() && held.size() < heldOut; i += every) {
            Translation pair = all.get(i);
            // A repeated sentence would have several right answers, so its pair is not held out. Both sentences are
            // recorded, so that neither is in the training part.
            if (known.add(plain(pair.known())) & translated.add(plain(pair.translated()))) {
                held.add(pair);
            }
        }
        List<Translation> train = all.stream()
                .filter(pair -> !known.contains(plain(pair.known())) && !translated.contains(plain(pair.translated())))
                .toList();
        return new ParallelText(train, held);
    }

    /** Letters and digits only: 'Order date' and 'Order Date:' are the same sentence. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
