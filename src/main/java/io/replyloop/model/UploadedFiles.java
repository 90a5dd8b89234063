package io.replyloop.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether the files of an upload are a model that can rank: read once as they would be to serve, but first measured, since
 * readers take texts into memory as trees and maps, which take many times the room of the texts.
 */
final class UploadedFiles {
    /** The vocabulary of a model for a hundred languages has 1,000,000. */
    private static final int MOST_JSON_TOKENS = 1_500_000;

    private static final int MOST_LINES = 600_000;
    private static final long LONGEST_SETTINGS = 1 << 20;
    private static final long LONGEST_HEADER = 4 << 20;
    private static final String CARD = "README.md";
    private static final String TOKENIZER = "tokenizer.json";

    /** Those that hold a vocabulary; all others are settings. */
    private static final List<String> VOCABULARIES = List.of(TOKENIZER, "vocab.json");

    /** Clearly different, in length too, so that a vocabulary that knows none of the words tells them apart. */
    private static final Map<String, String> PAIRS = Map.of(
            "Where is my order?", "It is on its way and arrives tomorrow.",
            "Can I send the shoes back if they do not fit me?", "No.",
            "退货需要多久？", "我们会在收到包裹后五个工作日内退款。",
            "1 2 3 4 5 6 7 8 9", "Please turn the device off and on again.",
            "Hello", "Hello",
            "I WANT MY MONEY BACK!!!", "The invoice is in your account, under Orders, as a PDF; open it from there.");

    /** Scores of one and the same text differ by less, where the order of additions differs. */
    private static final double SAME = 1e-6;

    private UploadedFiles() {}

    static void requireModel(Path files) throws IOException {
        if (!Files.isRegularFile(files.resolve("config.json"))) {
            throw UploadedArchive.refused("config.json is missing: this is no model directory in Hugging Face layout.");
        }
        requireReadable(files);
        try {
            requireHead(files);
            try (CrossEncoder model = CrossEncoder.open(files, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))) {
                requireUsableScores(model);
                requireKnownTokens(model, files);
            }
        } catch (Problem refused) {
            throw refused;
        } catch (RuntimeException broken) {
            throw UploadedArchive.refused("The model cannot be loaded: " + withoutFolder(broken.getMessage(), files));
        }
    }

    static String withoutFolder(String message, Path files) {
        return String.valueOf(message).replace(files + "/", "").replace(files.toString(), "the directory");
    }

    private static void requireReadable(Path files) throws IOException {
        List<Path> all;
        try (Stream<Path> listed = Files.list(files)) {
            all = listed.toList();
        }
        for (Path file : all) {
            String name = file.getFileName().toString();
            String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            switch (kind) {
                case "json" -> requireShortJson(file, name);
                case "txt" -> requireFewLines(file, name);
                case "safetensors" -> requireShortHeader(file, name);
                default -> {
                    if (name.equals(CARD)) {
                        requireUtf8(file);
                    }
                }
            }
        }
    }

    private static void requireShortJson(Path file, String name) throws IOException {
        if (!VOCABULARIES.contains(name) && Files.size(file) > LONGEST_SETTINGS) {
            throw UploadedArchive.refused(UploadedArchive.shown(name) + " has more than " + (LONGEST_SETTINGS >> 20)
                    + " MiB; such a file has a few KiB. Leave it out, or take it from the model again.");
        }
        int tokens = 0;
        try (JsonParser json = Json.MAPPER.createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (++tokens > MOST_JSON_TOKENS) {
                    throw UploadedArchive.refused(UploadedArchive.shown(name)
                            + " has more entries than the vocabulary of any model that can be used here.");
                }
            }
        } catch (JsonProcessingException | CharConversionException malformed) {
            // What uses the file says better what is wrong with it, and has no more to read than this.
            return;
        }
    }

    private static void requireFewLines(Path file, String name) throws IOException {
        int lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n' && ++lines > MOST_LINES) {
                    throw UploadedArchive.refused(UploadedArchive.shown(name) + " has more than " + MOST_LINES
                            + " lines, more than the vocabulary of any model that can be used here.");
                }
            }
        }
    }

    private static void requireShortHeader(Path file, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] length = in.readNBytes(Long.BYTES);
            if (length.length == Long.BYTES
                    && Long.compareUnsigned(
                                    ByteBuffer.wrap(length)
                                            .order(ByteOrder.LITTLE_ENDIAN)
                                            .getLong(),
                                    LONGEST_HEADER)
                            > 0) {
                throw UploadedArchive.refused(UploadedArchive.shown(name) + " claims a header of more than "
                        + (LONGEST_HEADER >> 20) + " MiB; it is damaged, or no model.");
            }
        }
    }

    private static void requireUtf8(Path card) throws IOException {
        try {
            Files.readString(card);
        } catch (CharacterCodingException otherCharset) {
            throw UploadedArchive.refused(
                    CARD + " is not in UTF-8, so that the model's card could not be shown. Save it"
                            + " as UTF-8, or leave it out.");
        }
    }

    /** A fresh head would be made up by chance, differently on each node. */
    private static void requireHead(Path files) {
        try (Checkpoint checkpoint = Checkpoint.openClassifier(files)) {
            List<String> missing = checkpoint.missingHead();
            if (!missing.isEmpty()) {
                throw UploadedArchive.refused("The head that scores is missing (" + String.join(", ", missing)
                        + "): this network has not learned to rank. Train it as a cross-encoder first, and save it as"
                        + " …ForSequenceClassification.");
            }
        }
    }

    private static void requireUsableScores(CrossEncoder model) {
        int labels = model.info().labels();
        if (labels > 2) {
            throw UploadedArchive.refused(
                    "config.json: a ranking model has one label or two, and this one has " + labels + ".");
        }
        var pairs = PAIRS.entrySet().stream()
                .map(pair -> model.pair(model.tokenize(pair.getKey()), model.tokenize(pair.getValue())))
                .toList();
        DoubleSummaryStatistics scores =
                model.logits(pairs).stream().mapToDouble(CrossEncoder::logOdds).summaryStatistics();
        if (!Double.isFinite(scores.getSum())) {
            throw UploadedArchive.refused("The model scores a plain question with no finite number; its weights are too"
                    + " large or too small to compute with.");
        }
        if (scores.getMax() - scores.getMin() <= SAME * Math.max(1, Math.abs(scores.getMax()))) {
            throw UploadedArchive.refused(
                    "The model gives all of " + PAIRS.size() + " different questions and replies the" + " same score, "
                            + (float) scores.getMax() + ": it cannot rank. Its weights are empty or damaged.");
        }
    }

    /** Otherwise, any question with such a token in it could not be ranked. */
    private static void requireKnownTokens(CrossEncoder model, Path files) throws IOException {
        Path tokenizer = files.resolve(TOKENIZER);
        if (!Files.isRegularFile(tokenizer)) {
            return;
        }
        for (JsonNode token : Json.MAPPER.readTree(tokenizer.toFile()).path("added_tokens")) {
            String text = token.path("content").asText();
            boolean isKnown = token.path("id").asLong() < model.info().vocabularySize();
            if (isKnown) {
                try {
                    model.tokenize(text);
                } catch (CheckpointException beyond) {
                    isKnown = false;
                }
            }
            if (!isKnown) {
                throw UploadedArchive.refused(TOKENIZER + ": the added token " + UploadedArchive.shown(text)
                        + " lies beyond the vocabulary of " + model.info().vocabularySize()
                        + " in config.json. Remove it, or"
                        + " enlarge the network's embeddings.");
            }
        }
    }
}
