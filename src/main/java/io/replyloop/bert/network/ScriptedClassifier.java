package io.replyloop.bert.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.BertFamily;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.bert.checkpoint.TorchScriptFile;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A sequence classifier of another kind (ALBERT, DeBERTa ...), exported as TorchScript: a directory with
 * {@code config.json}, {@code tokenizer.json} and {@code model.pt}. Its
 * {@code forward(input_ids, attention_mask, token_type_ids)} takes three int64 tensors of batch × length, padded on the
 * right, and returns float32 logits of batch × labels, either alone, as the first element of a tuple, or as
 * {@code logits} of a dict.
 *
 * @param layers from config.json, 0 if it does not say; used only for freezing
 * @param regression whether the logit is the grade itself
 */
public record ScriptedClassifier(
        Path directory,
        String family,
        int vocabularySize,
        int typeVocabulary,
        int maxLength,
        int padId,
        int labels,
        boolean regression,
        int layers,
        int hidden,
        int heads) {
    private static final int SEGMENTS_LIMIT = 128;
    private static final int USUAL_LENGTH = 512;

    /** Used if the weights are not those of a built-in family. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(TorchScriptFile.NAME))
                && !(BertFamily.isKnown(CheckpointFiles.readJson(directory.resolve("config.json"))
                                .path("model_type")
                                .asText())
                        && (Files.exists(directory.resolve("model.safetensors"))
                                || Files.exists(directory.resolve("model.safetensors.index.json"))));
    }

    /** @throws CheckpointException on any problem with the files, before PyTorch sees the archive */
    public static ScriptedClassifier open(Path directory) {
        JsonNode json = CheckpointFiles.readJson(directory.resolve("config.json"));
        int vocabulary = number(json, List.of("vocab_size"), -1);
        int length = number(json, List.of("max_position_embeddings", "n_positions", "max_len"), USUAL_LENGTH);
        int labels = BertConfig.countLabels(json);
        int pad = json.path("pad_token_id").asInt(0);
        if (vocabulary < 1) {
            throw new CheckpointException(directory.resolve("config.json") + ": vocab_size is missing");
        }
        if (pad < 0 || pad >= vocabulary) {
            throw new CheckpointException(
                    directory.resolve("config.json") + ": pad_token_id " + pad + " is outside the vocabulary");
        }
        if (length < 8) {
            throw new CheckpointException(
                    directory.resolve("config.json") + ": a length of " + length + " leaves no room for a pair");
        }
        TorchScriptFile.check(directory.resolve(TorchScriptFile.NAME));
        int types = Math.min(SEGMENTS_LIMIT, number(json, List.of("type_vocab_size"), SEGMENTS_LIMIT));
        return new ScriptedClassifier(
                directory,
                json.path("model_type").asText("unknown"),
                vocabulary,
                types,
                length,
                pad,
                labels,
                "regression".equals(json.path("problem_type").asText()),
                number(json, List.of("num_hidden_layers", "n_layer", "n_layers"), 0),
                number(json, List.of("hidden_size", "n_embd", "d_model", "dim"), 0),
                number(json, List.of("num_attention_heads", "n_head", "n_heads"), 0));
    }

    private static int number(JsonNode json, List<String> fields, int otherwise) {
        return fields.stream()
                .map(json::path)
                .filter(value -> value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= 0)
                .mapToInt(JsonNode::asInt)
                .findFirst()
                .orElse(otherwise);
    }

    Path archive() {
        return directory.resolve(TorchScriptFile.NAME);
    }

    public PairTokenizer tokenizer(int length) {
        return PairTokenizer.open(directory, vocabularySize, typeVocabulary, length);
    }

    public static Precision requireFull(Precision precision) {
        if (precision != Precision.AUTO && precision != Precision.FP32) {
            throw new IllegalArgumentException("a TorchScript model computes as it was exported, so its precision is"
                    + " fp32 (or auto), not " + precision);
        }
        return Precision.FP32;
    }
}
