package io.replyloop.bert.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of a checkpoint as one {@code tokenizer.json}: the file itself, or the equivalent of the files in older
 * checkpoints, as transformers converts them: {@code vocab.txt} (BERT's WordPiece) or {@code vocab.json} with
 * {@code merges.txt} (the byte-level BPE of RoBERTa and GPT-2).
 */
public final class TokenizerFiles {
    private static final int FILE_LIMIT = 256 << 20;
    private static final String END_OF_TEXT = "<|endoftext|>";
    /** The newline in byte-level BPE. */
    private static final String NEWLINE = "\u010a";

    private TokenizerFiles() {}

    /** The file that contains the tokenizer, for messages. */
    public static Path source(Path directory) {
        for (String name : List.of("tokenizer.json", "vocab.txt", "vocab.json")) {
            if (Files.isRegularFile(directory.resolve(name))) {
                return directory.resolve(name);
            }
        }
        return directory;
    }

    public static ObjectNode json(Path directory) throws IOException {
        Path source = source(directory);
        if (source.equals(directory)) {
            throw new CheckpointException(directory + ": has none of tokenizer.json, vocab.txt and vocab.json; save the"
                    + " tokenizer beside the model with tokenizer.save_pretrained(directory)");
        }
        return switch (source.getFileName().toString()) {
            case "tokenizer.json" -> whole(source);
            case "vocab.txt" -> wordPiece(directory, source);
            default -> bytePairs(directory, source);
        };
    }

    /**
     * Reduces the file to what the native library needs to tokenize one text. Pairs and truncation are handled here,
     * and the less the library reads, the less can go wrong in it.
     */
    static byte[] textsOnly(ObjectNode json) throws IOException {
        ObjectNode texts = json.deepCopy();
        texts.putNull("post_processor").putNull("decoder").putNull("truncation").putNull("padding");
        return Json.MAPPER.writeValueAsBytes(texts);
    }

    private static ObjectNode whole(Path file) throws IOException {
        try {
            if (Json.MAPPER.readTree(limited(file)) instanceof ObjectNode json
                    && json.path("model").isObject()) {
                return json;
            }
            throw new CheckpointException(file + ": has no model; save the tokenizer again with transformers");
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + ": is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] limited(Path file) throws IOException {
        if (Files.size(file) > FILE_LIMIT) {
            throw new CheckpointException(
                    file + ": is larger than " + (FILE_LIMIT >> 20) + " MiB, which no tokenizer is");
        }
        return Files.readAllBytes(file);
    }

    private static JsonNode optional(Path directory, String name) {
        Path file = directory.resolve(name);
        return Files.isRegularFile(file) ? CheckpointFiles.readJson(file) : Json.MAPPER.createObjectNode();
    }

    private static ObjectNode wordPiece(Path directory, Path vocabulary) throws IOException {
        Map<String, Integer> ids = lines(vocabulary);
        JsonNode settings = optional(directory, "tokenizer_config.json");
        String unknown = token(settings, "unk_token", "[UNK]");
        String first = token(settings, "cls_token", "[CLS]");
        String separator = token(settings, "sep_token", "[SEP]");
        ObjectNode json = frame();
        for (String token : List.of(unknown, first, separator)) {
            if (!ids.containsKey(token)) {
                throw new CheckpointException(vocabulary + ": has no " + token + "; it is no BERT vocabulary");
            }
        }
        for (String token : List.of("[PAD]", unknown, first, separator, "[MASK]")) {
            if (ids.containsKey(token)) {
                added(json, token, ids.get(token), true);
            }
        }
        addLater(json, directory);
        ObjectNode normalizer = json.putObject("normalizer");
        normalizer.put("type", "BertNormalizer").put("clean_text", true);
        normalizer.put(
                "handle_chinese_chars", settings.path("tokenize_chinese_chars").asBoolean(true));
        if (settings.path("strip_accents").isBoolean()) {
            normalizer.put("strip_accents", settings.path("strip_accents").asBoolean());
        } else {
            normalizer.putNull("strip_accents");
        }
        normalizer.put("lowercase", settings.path("do_lower_case").asBoolean(true));
        json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        json.set("post_processor", pairTemplate(first, separator, ids));
        ObjectNode model = json.putObject("model");
        model.put("type", "WordPiece").put("unk_token", unknown).put("continuing_subword_prefix", "##");
        model.put("max_input_chars_per_word", 100);
        ObjectNode table = model.putObject("vocab");
        ids.forEach(table::put);
        return json;
    }

    private static Map<String, Integer> lines(Path vocabulary) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of(new String(limited(vocabulary), StandardCharsets.UTF_8).split("\\r?\\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            ids.put(lines.get(i), i);
        }
        return ids;
    }

    /** Reads a token, given by its text or, in older files, by an object. */
    private static String token(JsonNode settings, String field, String otherwise) {
        JsonNode token = settings.path(field);
        return token.isObject() ? token.path("content").asText(otherwise) : token.asText(otherwise);
    }

    private static ObjectNode frame() {
        return Json.MAPPER
                .createObjectNode()
                .put("version", "1.0")
                .putNull("truncation")
                .putNull("padding");
    }

    private static void added(ObjectNode json, String token, int id, boolean special) {
        json.withArray("added_tokens")
                .addObject()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", !special)
                .put("special", special);
    }

    /** Adds the words with which a team has extended the vocabulary of its base. */
    private static void addLater(ObjectNode json, Path directory) {
        optional(directory, "added_tokens.json").properties().stream()
                .filter(entry -> entry.getValue().canConvertToInt())
                .sorted(Comparator.comparingInt(entry -> entry.getValue().asInt()))
                .forEach(entry -> {
                    boolean there = false;
                    for (JsonNode token : json.withArray("added_tokens")) {
                        there |= token.path("content").asText().equals(entry.getKey());
                    }
                    if (!there) {
                        added(json, entry.getKey(), entry.getValue().asInt(), false);
                    }
                });
    }

    private static ObjectNode pairTemplate(String first, String separator, Map<String, Integer> ids) {
        ObjectNode template = Json.MAPPER.createObjectNode().put("type", "TemplateProcessing");
        String[] parts = {first, "A", separator, "B", separator};
        for (int i = 0; i < parts.length; i++) {
            boolean special = i != 1 && i != 3;
            for (String form : i < 3 ? List.of("single", "pair") : List.of("pair")) {
                template.withArray(form)
                        .addObject()
                        .putObject(special ? "SpecialToken" : "Sequence")
                        .put("id", parts[i])
                        .put("type_id", i < 3 ? 0 : 1);
            }
        }
        ObjectNode specials = template.putObject("special_tokens");
        for (String token : List.of(first, separator)) {
            ObjectNode entry = specials.putObject(token).put("id", token);
            entry.putArray("ids").add(ids.get(token));
            entry.putArray("tokens").add(token);
        }
        return template;
    }

    private static ObjectNode bytePairs(Path directory, Path vocabulary) throws IOException {
        Path merges = directory.resolve("merges.txt");
        if (!Files.isRegularFile(merges)) {
            throw new CheckpointException(merges + ": is missing, and vocab.json alone is no tokenizer; save it again"
                    + " with tokenizer.save_pretrained(directory)");
        }
        JsonNode ids = CheckpointFiles.readJson(vocabulary);
        JsonNode settings = optional(directory, "tokenizer_config.json");
        ObjectNode json = frame();
        String first = token(settings, "cls_token", "<s>");
        String separator = token(settings, "sep_token", "</s>");
        String end = token(settings, "eos_token", END_OF_TEXT);
        boolean roberta = ids.has(first) || !ids.has(end);
        for (String token : roberta ? List.of(first, "<pad>", separator, "<unk>", "<mask>") : List.of(end)) {
            if (ids.path(token).canConvertToInt()) {
                added(json, token, ids.path(token).asInt(), true);
            } else if (token.equals(first) || token.equals(separator) || token.equals(end)) {
                throw new CheckpointException(
                        vocabulary + ": has no " + token + "; it is no vocabulary of RoBERTa or GPT-2");
            }
        }
        addLater(json, directory);
        boolean prefix = settings.path("add_prefix_space").asBoolean(false);
        json.putNull("normalizer");
        byteLevel(json.putObject("pre_tokenizer"), prefix);
        if (roberta) {
            ObjectNode processor = json.putObject("post_processor").put("type", "RobertaProcessing");
            processor.putArray("sep").add(separator).add(ids.path(separator).asInt());
            processor.putArray("cls").add(first).add(ids.path(first).asInt());
            processor.put("trim_offsets", true).put("add_prefix_space", prefix);
        }
        ObjectNode model =
                json.putObject("model").put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix").put("fuse_unk", false);
        model.set("vocab", ids);
        ArrayNode pairs = model.putArray("merges");
        for (String line : new String(limited(merges), StandardCharsets.UTF_8).split("\\r?\\n")) {
            if (!line.isEmpty() && !line.startsWith("#version")) {
                pairs.add(line);
            }
        }
        return json;
    }

    /** The template for a pair as lines of one text: the newline of byte-level BPE, and the end of text. */
    static PairTemplate lines(ObjectNode json, Path directory) {
        String end = token(optional(directory, "tokenizer_config.json"), "eos_token", END_OF_TEXT);
        return PairTemplate.lines(id(json, NEWLINE, directory), id(json, end, directory));
    }

    private static int id(ObjectNode json, String token, Path directory) {
        for (JsonNode added : json.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return added.path("id").asInt(-1);
            }
        }
        JsonNode id = json.path("model").path("vocab").path(token);
        if (!id.canConvertToInt()) {
            throw new CheckpointException(source(directory) + ": has no token '" + token
                    + "', which GPT-2 needs to put pairs together; a post_processor for pairs would do instead");
        }
        return id.asInt();
    }

    private static void byteLevel(ObjectNode node, boolean prefix) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", prefix)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }
}
