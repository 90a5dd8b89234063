package io.replyloop.bert.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Validates the input of the native tokenizer. That library reports most invalid files as errors, but panics on some
 * and ends the whole process (found by mutating tokenizer.json at random): merges that name pieces missing in the
 * vocabulary, ids that collide or are out of range, prefixes longer than the pieces. Anything not known to be harmless
 * is rejected here, and so is anything that could make a text of allowed length grow, or take time, without bound.
 */
final class TokenizerCheck {
    private static final int DEEPEST = 8;
    private static final int MOST_STEPS = 64;
    private static final int PATTERN_LIMIT = 4096;
    private static final int PIECE_LIMIT = 1 << 16;
    /** BERT's limit is 100. */
    private static final int LONGEST_WORD = 500;

    private static final Set<String> NORMALIZERS = Set.of(
            "BertNormalizer",
            "Lowercase",
            "NFC",
            "NFD",
            "NFKC",
            "NFKD",
            "Nmt",
            "Precompiled",
            "Prepend",
            "Replace",
            "Sequence",
            "Strip",
            "StripAccents");
    private static final Set<String> PRE_TOKENIZERS = Set.of(
            "BertPreTokenizer",
            "ByteLevel",
            "Digits",
            "Metaspace",
            "Punctuation",
            "Sequence",
            "Split",
            "Whitespace",
            "WhitespaceSplit");

    private final Path source;
    private int steps;

    private TokenizerCheck(Path source) {
        this.source = source;
    }

    static void check(JsonNode json, Path source) {
        TokenizerCheck check = new TokenizerCheck(source);
        check.steps(json.path("normalizer"), "normalizer", "normalizers", NORMALIZERS, 0);
        check.steps(json.path("pre_tokenizer"), "pre_tokenizer", "pretokenizers", PRE_TOKENIZERS, 0);
        check.model(json.path("model"));
        check.addedTokens(json.path("added_tokens"));
        TextGrowth.check(json, source);
    }

    private void steps(JsonNode step, String what, String list, Set<String> known, int depth) {
        if (step.isNull() || step.isMissingNode()) {
            return;
        }
        String type = step.path("type").asText();
        require(known.contains(type) && depth < DEEPEST, what + " '" + type + "' is not known");
        require(++steps <= MOST_STEPS, what + " has more than " + MOST_STEPS + " steps");
        for (JsonNode inner : step.path(list)) {
            steps(inner, what, list, known, depth + 1);
        }
        require(hasItsFields(type, step, list), what + " " + type + " lacks a setting, or has one of another kind");
        JsonNode expression = step.path("pattern").path("Regex");
        require(
                !expression.isTextual() || BoundedPattern.isBounded(expression.asText()),
                what + " " + type + " has an expression that may take time without bound on some text: "
                        + expression.asText());
    }

    private static boolean hasItsFields(String type, JsonNode step, String list) {
        return switch (type) {
            case "BertNormalizer" ->
                areFlags(step, "clean_text", "handle_chinese_chars", "lowercase")
                        && (step.path("strip_accents").isNull()
                                || step.path("strip_accents").isMissingNode()
                                || step.path("strip_accents").isBoolean());
            case "Strip" -> areFlags(step, "strip_left", "strip_right");
            case "Prepend" -> step.path("prepend").isTextual();
            case "Replace" ->
                isPattern(step.path("pattern")) && step.path("content").isTextual();
            case "Split" ->
                isPattern(step.path("pattern")) && step.path("behavior").isTextual() && areFlags(step, "invert");
            case "ByteLevel" -> areFlags(step, "add_prefix_space");
            case "Digits" -> areFlags(step, "individual_digits");
            case "Metaspace" ->
                step.path("replacement").isTextual()
                        && step.path("replacement").asText().codePoints().count() == 1;
            case "Precompiled" -> isCharacterMap(step.path("precompiled_charsmap"));
            case "Sequence" -> step.path(list).isArray();
            default -> true;
        };
    }

    private static boolean areFlags(JsonNode step, String... names) {
        return Arrays.stream(names).allMatch(name -> step.path(name).isBoolean());
    }

    private static boolean isPattern(JsonNode pattern) {
        JsonNode text = pattern.has("Regex") ? pattern.path("Regex") : pattern.path("String");
        return pattern.size() == 1
                && text.isTextual()
                && !text.asText().isEmpty()
                && text.asText().length() < PATTERN_LIMIT;
    }

    private static boolean isCharacterMap(JsonNode map) {
        try {
            return map.isTextual() && CharacterMap.isSound(Base64.getDecoder().decode(map.asText()));
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private void model(JsonNode model) {
        switch (model.path("type").asText(guessed(model))) {
            case "WordPiece" -> wordPiece(model);
            case "WordLevel" ->
                require(
                        vocabulary(model.path("vocab"))
                                .contains(model.path("unk_token").asText()),
                        "the vocabulary lacks unk_token");
            case "BPE" -> bytePairs(model);
            case "Unigram" -> unigram(model);
            default -> throw refused("model '" + model.path("type").asText() + "' is not known");
        }
    }

    /** Guesses the type, which files of old versions do not contain. */
    private static String guessed(JsonNode model) {
        if (model.has("merges")) {
            return "BPE";
        }
        return model.path("vocab").isArray() ? "Unigram" : "WordPiece";
    }

    private void wordPiece(JsonNode model) {
        Set<String> pieces = vocabulary(model.path("vocab"));
        require(pieces.contains(model.path("unk_token").asText()), "the vocabulary lacks unk_token");
        require(
                model.path("continuing_subword_prefix").isTextual()
                        && model.path("max_input_chars_per_word").canConvertToInt()
                        && model.path("max_input_chars_per_word").asInt() > 0,
                "continuing_subword_prefix and max_input_chars_per_word are needed");
        require(
                model.path("max_input_chars_per_word").asInt() <= LONGEST_WORD,
                "model WordPiece has a max_input_chars_per_word above " + LONGEST_WORD
                        + ", and its time grows with the cube of it");
    }

    private void bytePairs(JsonNode model) {
        Set<String> pieces = vocabulary(model.path("vocab"));
        require(isAbsentOr(model.path("unk_token"), pieces), "the vocabulary lacks unk_token");
        require(model.path("dropout").asDouble(0) == 0, "dropout would make tokens depend on chance");
        require(
                model.path("end_of_word_suffix").asText("").isEmpty()
                        || model.path("end_of_word_suffix").isNull(),
                "end_of_word_suffix is not known");
        JsonNode prefix = model.path("continuing_subword_prefix");
        require(
                prefix.isNull() || prefix.isMissingNode() || prefix.asText("x").isEmpty(),
                "continuing_subword_prefix is not known in BPE");
        require(model.path("merges").isArray(), "merges are missing");
        for (JsonNode merge : model.path("merges")) {
            String[] pair = merge.isArray() && merge.size() == 2
                    ? new String[] {merge.get(0).asText(), merge.get(1).asText()}
                    : merge.asText().split(" ", -1);
            require(
                    pair.length == 2
                            && pieces.contains(pair[0])
                            && pieces.contains(pair[1])
                            && pieces.contains(pair[0] + pair[1]),
                    "merge '" + merge + "' names pieces that the vocabulary lacks");
        }
    }

    private void unigram(JsonNode model) {
        JsonNode vocabulary = model.path("vocab");
        require(vocabulary.isArray() && !vocabulary.isEmpty(), "the vocabulary is empty");
        for (JsonNode piece : vocabulary) {
            require(
                    piece.isArray()
                            && piece.size() == 2
                            && piece.get(0).isTextual()
                            && piece.get(1).isNumber()
                            && Double.isFinite(piece.get(1).asDouble())
                            && piece.get(0).asText().length() < PIECE_LIMIT,
                    "a piece is no text with its score: " + piece);
        }
        JsonNode unknown = model.path("unk_id");
        require(
                unknown.canConvertToInt() && unknown.asInt() >= 0 && unknown.asInt() < vocabulary.size(),
                "unk_id is outside the vocabulary");
    }

    private Set<String> vocabulary(JsonNode vocabulary) {
        require(vocabulary.isObject() && !vocabulary.isEmpty(), "the vocabulary is empty");
        Set<String> pieces = new HashSet<>();
        for (Map.Entry<String, JsonNode> piece : vocabulary.properties()) {
            require(
                    piece.getValue().isIntegralNumber()
                            && piece.getValue().canConvertToInt()
                            && piece.getValue().asInt() >= 0
                            && piece.getKey().length() < PIECE_LIMIT,
                    "piece '" + piece.getKey() + "' has no id");
            pieces.add(piece.getKey());
        }
        return pieces;
    }

    private void addedTokens(JsonNode tokens) {
        for (JsonNode token : tokens) {
            require(
                    token.path("id").canConvertToInt()
                            && token.path("id").asInt() >= 0
                            && token.path("content").isTextual()
                            && !token.path("content").asText().isEmpty(),
                    "an added token has no text or no id: " + token);
        }
    }

    private static boolean isAbsentOr(JsonNode token, Set<String> pieces) {
        return token.isNull() || token.isMissingNode() || pieces.contains(token.asText());
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw refused(otherwise);
        }
    }

    private CheckpointException refused(String why) {
        return new CheckpointException(source + ": is no tokenizer that can be used: " + why);
    }
}
