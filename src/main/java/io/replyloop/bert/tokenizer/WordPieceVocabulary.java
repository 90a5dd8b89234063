package io.replyloop.bert.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A WordPiece vocabulary in Hugging Face layout: {@code tokenizer.json}, {@code tokenizer_config.json} and
 * {@code vocab.txt}, lower-cased, accents stripped, Chinese characters as single tokens. A token's position in the list
 * is its id.
 */
public record WordPieceVocabulary(List<String> tokens) {

    public static final List<String> SPECIAL_TOKENS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    public WordPieceVocabulary {
        if (!tokens.subList(0, Math.min(tokens.size(), SPECIAL_TOKENS.size())).equals(SPECIAL_TOKENS)) {
            throw new IllegalArgumentException("A vocabulary starts with " + SPECIAL_TOKENS);
        }
        tokens = List.copyOf(tokens);
    }

    /**
     * Learns at most {@code size} tokens, ignoring characters and merges that occur fewer than {@code minimum} times.
     */
    public static WordPieceVocabulary learn(Iterator<String> texts, int size, long minimum, List<String> characters) {
        Map<String, Long> words = new HashMap<>();
        while (texts.hasNext()) {
            BertWords.split(texts.next(), word -> words.merge(word, 1L, Long::sum));
        }
        List<String> always = new ArrayList<>(SPECIAL_TOKENS);
        always.addAll(characters);
        return new WordPieceVocabulary(new WordPieceLearner().learn(words, always, size, minimum));
    }

    /**
     * The 3,755 most common simplified Chinese characters (level one of the national standard GB 2312), which a model
     * for Chinese should know even if they do not occur in the training text.
     */
    public static List<String> commonChineseCharacters() {
        Charset national = Charset.forName("GB2312");
        List<String> characters = new ArrayList<>();
        for (int row = 0xB0; row <= 0xD7; row++) {
            for (int cell = 0xA1; cell <= (row == 0xD7 ? 0xF9 : 0xFE); cell++) {
                characters.add(new String(new byte[] {(byte) row, (byte) cell}, national));
            }
        }
        return characters;
    }

    public int size() {
        return tokens.size();
    }

    /** Writes the three files into an existing directory. {@code maxLength} is the limit of the model's positions. */
    public void write(Path directory, int maxLength) throws IOException {
        Files.writeString(directory.resolve("vocab.txt"), String.join("\n", tokens) + "\n", StandardCharsets.UTF_8);
        Json.PRETTY.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer());
        ObjectNode config = Json.PRETTY.createObjectNode();
        config.put("tokenizer_class", "BertTokenizer");
        config.put("do_lower_case", true);
        config.put("strip_accents", true);
        config.put("tokenize_chinese_chars", true);
        config.put("model_max_length", maxLength);
        config.put("pad_token", "[PAD]");
        config.put("unk_token", "[UNK]");
        config.put("cls_token", "[CLS]");
        config.put("sep_token", "[SEP]");
        config.put("mask_token", "[MASK]");
        Json.PRETTY.writeValue(directory.resolve("tokenizer_config.json").toFile(), config);
    }

    private ObjectNode tokenizer() {
        ObjectNode root = Json.PRETTY.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < SPECIAL_TOKENS.size(); id++) {
            ObjectNode token = added.addObject();
            token.put("id", id);
            token.put("content", SPECIAL_TOKENS.get(id));
            token.put("single_word", false);
            token.put("lstrip", false);
            token.put("rstrip", false);
            token.put("normalized", false);
            token.put("special", true);
        }
        ObjectNode normalizer = root.putObject("normalizer");
        normalizer.put("type", "BertNormalizer");
        normalizer.put("clean_text", true);
        normalizer.put("handle_chinese_chars", true);
        normalizer.put("strip_accents", true);
        normalizer.put("lowercase", true);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode template = root.putObject("post_processor");
        template.put("type", "TemplateProcessing");
        template(template.putArray("single"), "[CLS]", 0, "A", 0, "[SEP]", 0);
        template(template.putArray("pair"), "[CLS]", 0, "A", 0, "[SEP]", 0, "B", 1, "[SEP]", 1);
        ObjectNode special = template.putObject("special_tokens");
        for (String name : List.of("[CLS]", "[SEP]")) {
            ObjectNode token = special.putObject(name);
            token.put("id", name);
            token.putArray("ids").add(SPECIAL_TOKENS.indexOf(name));
            token.putArray("tokens").add(name);
        }
        ObjectNode decoder = root.putObject("decoder");
        decoder.put("type", "WordPiece");
        decoder.put("prefix", WordPieceLearner.CONTINUATION);
        decoder.put("cleanup", true);
        ObjectNode model = root.putObject("model");
        model.put("type", "WordPiece");
        model.put("unk_token", "[UNK]");
        model.put("continuing_subword_prefix", WordPieceLearner.CONTINUATION);
        model.put("max_input_chars_per_word", 100);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        return root;
    }

    private static void template(ArrayNode template, Object... namesAndTypes) {
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            String name = (String) namesAndTypes[i];
            template.addObject()
                    .putObject(SPECIAL_TOKENS.contains(name) ? "SpecialToken" : "Sequence")
                    .put("id", name)
                    .put("type_id", (Integer) namesAndTypes[i + 1]);
        }
    }
}
