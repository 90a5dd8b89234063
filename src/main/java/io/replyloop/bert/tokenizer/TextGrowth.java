package io.replyloop.bert.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Bounds how much a tokenizer can lengthen a text before it counts tokens. Messages have a length limit, but a
 * normalisation step that writes a page for each letter, or thirty steps that double the text, turn a short one into
 * gigabytes. What Unicode itself requires (at most 18 characters for one) does not count.
 */
final class TextGrowth {
    /** SentencePiece's own steps amount to a factor of 4. */
    private static final double LIMIT = 16;

    private static final int UNICODE = 18;

    private final Path source;

    private TextGrowth(Path source) {
        this.source = source;
    }

    /** @throws CheckpointException naming the step with which a text may grow beyond the limit */
    static void check(JsonNode tokenizer, Path source) {
        TextGrowth growth = new TextGrowth(source);
        double factor = growth.through(tokenizer.path("normalizer"), "normalizer", "normalizers", 1);
        growth.through(tokenizer.path("pre_tokenizer"), "pre_tokenizer", "pretokenizers", factor);
    }

    private double through(JsonNode step, String name, String list, double before) {
        double factor = before * ofStep(step);
        if (factor > LIMIT) {
            throw new CheckpointException(source + ": is no tokenizer that can be used: " + name + " "
                    + step.path("type").asText() + " can make a text more than " + (int) LIMIT
                    + " times as long, so that a short message would fill the memory");
        }
        int number = 0;
        for (JsonNode inner : step.path(list)) {
            factor = through(inner, name + "." + list + "[" + number++ + "]", list, factor);
        }
        return factor;
    }

    private static double ofStep(JsonNode step) {
        return switch (step.path("type").asText()) {
            case "Replace" -> {
                double written = length(step.path("content"));
                JsonNode literal = step.path("pattern").path("String");
                // A regular expression may match between any two characters, and then inserts text.
                yield literal.isTextual() ? Math.max(1, written / length(literal)) : 1 + written;
            }
            // Applied to each part between two added tokens, and a part may be a single character.
            case "Prepend" -> 1 + length(step.path("prepend"));
            case "Metaspace" -> 2;
            case "Precompiled" -> {
                int longest = CharacterMap.longestReplacement(Base64.getDecoder()
                        .decode(step.path("precompiled_charsmap").asText()));
                yield longest <= UNICODE ? 1 : longest;
            }
            default -> 1;
        };
    }

    private static double length(JsonNode text) {
        return text.asText().codePointCount(0, text.asText().length());
    }
}
