package io.replyloop.bert;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns texts into ids with the checkpoint's own tokenizer, and puts pairs together itself, because tokenizers cut
 * texts on the right only and a conversation must keep its newest turn.
 */
final class PairTokenizer implements AutoCloseable {
    private static final int FILE_LIMIT = 256 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HuggingFaceTokenizer tokenizer;
    private final int vocabularySize;
    private final int maxLength;
    private final boolean segmented;
    private final int[] before;
    private final int[] between;
    private final int[] after;
    private final long[] betweenSegments;
    private final long afterSegment;
    private final long replySegment;

    private PairTokenizer(
            HuggingFaceTokenizer tokenizer, int vocabularySize, int typeVocabulary, int maxLength, Path source) {
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.vocabularySize = vocabularySize;
        segmented = typeVocabulary > 1;
        Encoding probe = tokenizer.encode("a", "b", true, false);
        long[] ids = probe.getIds();
        long[] special = probe.getSpecialTokenMask();
        int first = next(special, 0, 0);
        int firstEnd = next(special, first, 1);
        int second = next(special, firstEnd, 0);
        int secondEnd = next(special, second, 1);
        if (second >= ids.length) {
            throw new CheckpointException(
                    source + ": does not put pairs together; a post_processor for pairs is needed");
        }
        before = range(ids, 0, first, source);
        between = range(ids, firstEnd, second, source);
        after = range(ids, secondEnd, ids.length, source);
        long[] types = probe.getTypeIds();
        betweenSegments = java.util.Arrays.copyOfRange(types, firstEnd, second);
        replySegment = types[second];
        afterSegment = secondEnd < types.length ? types[secondEnd] : replySegment;
        for (long type : types) {
            if (segmented && (type < 0 || type >= typeVocabulary)) {
                throw new CheckpointException(
                        source + ": uses segment " + type + ", but config.json has type_vocab_size " + typeVocabulary);
            }
        }
        if (maxLength < specialTokens() + 2) {
            throw new CheckpointException(source + ": adds " + specialTokens()
                    + " special tokens, more than a length of " + maxLength + " allows");
        }
    }

    static PairTokenizer open(Path directory, BertConfig config, int maxLength) {
        return open(directory, config.vocabularySize, config.typeVocabulary, maxLength);
    }

    static PairTokenizer open(Path directory, int vocabularySize, int typeVocabulary, int maxLength) {
        Path file = directory.resolve("tokenizer.json");
        Path vocabulary = directory.resolve("vocab.txt");
        Path source = Files.isRegularFile(file) ? file : vocabulary;
        try {
            byte[] json;
            if (Files.isRegularFile(file)) {
                json = limited(file);
                requireObject(file, json);
            } else if (Files.isRegularFile(vocabulary)) {
                json = fromVocabulary(directory, vocabulary);
            } else {
                throw new CheckpointException(
                        directory + ": has neither tokenizer.json nor vocab.txt; save the tokenizer"
                                + " beside the model with tokenizer.save_pretrained(directory)");
            }
            HuggingFaceTokenizer tokenizer = create(json);
            try {
                return new PairTokenizer(tokenizer, vocabularySize, typeVocabulary, maxLength, source);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException e) {
            throw new CheckpointException(source + ": cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new CheckpointException(source + ": is no tokenizer that can be used: " + e.getMessage(), e);
        }
    }

    private static HuggingFaceTokenizer create(byte[] json) throws IOException {
        Torch.prepareNatives();
        try (InputStream in = new ByteArrayInputStream(json)) {
            return HuggingFaceTokenizer.newInstance(
                    in, Map.of("truncation", "DO_NOT_TRUNCATE", "padding", "DO_NOT_PAD", "modelMaxLength", "1000000"));
        }
    }

    /** Ids without special tokens; the text may be of any length. */
    TokenIds tokenize(String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();
        int[] checked = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            checked[i] = inVocabulary(ids[i]);
        }
        return new TokenIds(checked);
    }

    int maxLength() {
        return maxLength;
    }

    /** Longest first: the query loses tokens on its left, the reply on its right, until both fit. */
    EncodedPair pair(TokenIds query, TokenIds reply) {
        int room = maxLength - specialTokens();
        int queryLength = query.size();
        int replyLength = reply.size();
        if (queryLength + replyLength > room) {
            int half = room / 2;
            if (Math.min(queryLength, replyLength) <= half) {
                if (queryLength > replyLength) {
                    queryLength = room - replyLength;
                } else {
                    replyLength = room - queryLength;
                }
            } else {
                replyLength = half;
                queryLength = room - half;
            }
        }
        int[] ids = new int[specialTokens() + queryLength + replyLength];
        byte[] segments = new byte[ids.length];
        int at = put(ids, 0, before);
        for (int i = query.size() - queryLength; i < query.size(); i++) {
            ids[at++] = query.at(i);
        }
        int replyStart = at + between.length;
        put(ids, at, between);
        for (int i = 0; i < replyLength; i++) {
            ids[replyStart + i] = reply.at(i);
        }
        put(ids, replyStart + replyLength, after);
        if (segmented) {
            for (int i = 0; i < between.length; i++) {
                segments[at + i] = (byte) betweenSegments[i];
            }
            for (int i = replyStart; i < ids.length; i++) {
                segments[i] = (byte) (i < replyStart + replyLength ? replySegment : afterSegment);
            }
        }
        return new EncodedPair(ids, segments);
    }

    /** One text alone with its special tokens, as masked language modelling reads it. */
    EncodedPair single(TokenIds text) {
        int length = Math.min(text.size(), maxLength - before.length - after.length);
        int[] ids = new int[before.length + length + after.length];
        int at = put(ids, 0, before);
        for (int i = 0; i < length; i++) {
            ids[at++] = text.at(i);
        }
        put(ids, at, after);
        return new EncodedPair(ids, new byte[ids.length]);
    }

    private int specialTokens() {
        return before.length + between.length + after.length;
    }

    private static int put(int[] target, int at, int[] values) {
        System.arraycopy(values, 0, target, at, values.length);
        return at + values.length;
    }

    private static int next(long[] mask, int from, long wanted) {
        int at = from;
        while (at < mask.length && mask[at] != wanted) {
            at++;
        }
        return at;
    }

    private int[] range(long[] ids, int from, int to, Path source) {
        int[] part = new int[to - from];
        for (int i = from; i < to; i++) {
            part[i - from] = inVocabulary(ids[i]);
        }
        if (part.length == 0 && from > 0 && to < ids.length) {
            throw new CheckpointException(source + ": puts no separator between query and reply");
        }
        return part;
    }

    private int inVocabulary(long id) {
        // An id outside the embedding table would be an error deep in native code, and fatal on a GPU.
        if (id < 0 || id >= vocabularySize) {
            throw new CheckpointException("tokenizer.json: gives token id " + id + ", but config.json has vocab_size "
                    + vocabularySize + "; check that both belong together");
        }
        return (int) id;
    }

    private static void requireObject(Path file, byte[] json) throws IOException {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.path("model").isObject()) {
                throw new CheckpointException(file + ": has no model; save the tokenizer again with transformers");
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
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

    /** BERT's WordPiece tokenizer around a plain vocabulary, one token per line, as older checkpoints carry it. */
    private static byte[] fromVocabulary(Path directory, Path vocabulary) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of(new String(limited(vocabulary), StandardCharsets.UTF_8).split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            ids.put(lines.get(i).strip(), i);
        }
        Path settingsFile = directory.resolve("tokenizer_config.json");
        JsonNode settings =
                Files.isRegularFile(settingsFile) ? Checkpoint.readJson(settingsFile) : JSON.createObjectNode();
        ObjectNode json = JSON.createObjectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        for (String token : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
            Integer id = ids.get(token);
            if (id == null) {
                throw new CheckpointException(vocabulary + ": has no " + token + "; it is no BERT vocabulary");
            }
            json.withArray("added_tokens")
                    .addObject()
                    .put("id", id)
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
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
        json.set("post_processor", pairTemplate(ids));
        json.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = json.putObject("model");
        model.put("type", "WordPiece").put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
        model.put("max_input_chars_per_word", 100);
        ObjectNode table = model.putObject("vocab");
        ids.forEach(table::put);
        return JSON.writeValueAsBytes(json);
    }

    private static ObjectNode pairTemplate(Map<String, Integer> ids) {
        ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
        String[] parts = {"[CLS]", "A", "[SEP]", "B", "[SEP]"};
        for (int i = 0; i < parts.length; i++) {
            boolean special = parts[i].startsWith("[");
            for (String form : i < 3 ? List.of("single", "pair") : List.of("pair")) {
                template.withArray(form)
                        .addObject()
                        .putObject(special ? "SpecialToken" : "Sequence")
                        .put("id", parts[i])
                        .put("type_id", i < 3 ? 0 : 1);
            }
        }
        for (String token : List.of("[CLS]", "[SEP]")) {
            ObjectNode entry =
                    template.withObject("/special_tokens").putObject(token).put("id", token);
            entry.putArray("ids").add(ids.get(token));
            entry.putArray("tokens").add(token);
        }
        return template;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
