package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.replyloop.platform.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The validated settings of {@code config.json} that shape the network, with the original JSON for writing it back. */
public final class BertConfig {
    /** Means that sequences may be of any length. */
    public static final int ANY_LENGTH = 1 << 20;

    private static final int SEGMENTS_LIMIT = 128;
    /** Words, positions, segments, their norm and a projection. Those that a family does not have are absent. */
    static final int EMBEDDING_SLOTS = 7;

    private static final Set<String> TANH_GELU = Set.of("gelu_new", "gelu_pytorch_tanh", "gelu_fast");

    private final ObjectNode json;
    public final BertFamily family;
    public final int vocabularySize;
    public final int hidden;
    public final int embedding;
    public final int layers;
    public final int heads;
    public final int intermediate;
    final int maxPositions;
    public final int typeVocabulary;
    final int padId;
    public final double epsilon;
    public final String activation;
    public final String headActivation;
    public final double dropout;
    public final double attentionDropout;
    /** Dropout on the output of attention before it is added to the residual stream. */
    public final double outputDropout;
    /** Dropout before the first layer of the head. */
    public final double headDropout;
    /** Dropout before the last layer of the head. */
    public final double classifierDropout;

    final double initializerRange;
    public final int labels;

    private BertConfig(ObjectNode json) {
        this.json = json;
        family = BertFamily.of(json.path("model_type").asText("(none)"));
        vocabularySize = positive("vocab_size", 10_000_000);
        hidden = positive("hidden_size", 65_536);
        embedding = json.has("embedding_size") && family == BertFamily.ELECTRA
                ? positive("embedding_size", 65_536)
                : hidden;
        layers = positive("num_hidden_layers", 1_000);
        heads = positive("num_attention_heads", 1_024);
        intermediate = family == BertFamily.GPT2 && !json.hasNonNull("n_inner")
                ? 4 * hidden
                : positive("intermediate_size", 1_048_576);
        boolean xlnet = family == BertFamily.XLNET;
        maxPositions = xlnet ? ANY_LENGTH : positive("max_position_embeddings", ANY_LENGTH);
        // XLNet only encodes whether two tokens are in the same segment.
        int segments = xlnet ? SEGMENTS_LIMIT : ConfigNumber.of(json, "type_vocab_size", 2);
        typeVocabulary = family.hasSegments() ? segments : 0;
        padId = ConfigNumber.of(json, "pad_token_id", family.countsPositionsFromPadding() ? 1 : 0);
        boolean gpt = family == BertFamily.GPT2;
        epsilon = setting("layer_norm_eps").asDouble(gpt ? 1e-5 : 1e-12);
        activation =
                activation(family.setting("hidden_act"), setting("hidden_act").asText(gpt ? "gelu_new" : "gelu"));
        headActivation = xlnet ? summaryActivation() : family.headActivation();
        dropout = share(family.setting("hidden_dropout_prob"), 0.1);
        attentionDropout = share(family.setting("attention_probs_dropout_prob"), 0.1);
        outputDropout = switch (family) {
            case DISTILBERT -> 0;
            case GPT2 -> share("resid_pdrop", 0.1);
            default -> dropout;
        };
        classifierDropout =
                share(family.setting("classifier_dropout"), family == BertFamily.DISTILBERT ? 0.2 : dropout);
        headDropout = xlnet
                ? share("summary_first_dropout", 0)
                : family.classifierNames()[0].equals("classifier.dense") ? classifierDropout : 0;
        initializerRange = json.path("initializer_range").asDouble(0.02);
        labels = countLabels(json);
        requireSupported();
    }

    /** @throws CheckpointException naming the field that is missing or out of range */
    public static BertConfig of(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            throw new CheckpointException("config.json: not a JSON object");
        }
        return new BertConfig(object.deepCopy());
    }

    /** A fresh BERT, as Hugging Face's {@code BertConfig} would describe it. */
    public static BertConfig bert(
            int vocabularySize, int layers, int hidden, int heads, int intermediate, int positions) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model_type", "bert");
        json.put("vocab_size", vocabularySize);
        json.put("hidden_size", hidden);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("intermediate_size", intermediate);
        json.put("max_position_embeddings", positions);
        json.put("type_vocab_size", 2);
        json.put("hidden_act", "gelu");
        json.put("hidden_dropout_prob", 0.1);
        json.put("attention_probs_dropout_prob", 0.1);
        json.put("layer_norm_eps", 1e-12);
        json.put("initializer_range", 0.02);
        json.put("pad_token_id", 0);
        return new BertConfig(json);
    }

    /** Returns the same network with another number of labels, for a head that does not exist yet. */
    BertConfig withLabels(int count, boolean regression) {
        ObjectNode copy = json.deepCopy();
        copy.remove("problem_type");
        if (regression) {
            copy.put("problem_type", "regression");
        }
        if (count == labels) {
            return new BertConfig(copy);
        }
        ObjectNode names = copy.putObject("id2label");
        ObjectNode indexes = copy.putObject("label2id");
        for (int i = 0; i < count; i++) {
            names.put(Integer.toString(i), "LABEL_" + i);
            indexes.put("LABEL_" + i, i);
        }
        copy.remove("num_labels");
        return new BertConfig(copy);
    }

    /** Returns the same file with the architecture that will be written; weights are always written as fp32. */
    public ObjectNode toJson(boolean masked) {
        ObjectNode copy = json.deepCopy();
        copy.putArray("architectures").add(masked ? family.maskedArchitecture : family.classifierArchitecture);
        copy.remove("torch_dtype");
        copy.put("dtype", "float32");
        return copy;
    }

    /** Returns the same file for the network without a head. */
    ObjectNode encoderJson() {
        ObjectNode copy = toJson(false);
        copy.putArray("architectures").add(family.classifierArchitecture.replace("ForSequenceClassification", "Model"));
        return copy;
    }

    /** Returns the same network with a larger vocabulary. */
    public BertConfig withVocabulary(int size) {
        ObjectNode copy = json.deepCopy();
        copy.put("vocab_size", size);
        return new BertConfig(copy);
    }

    public boolean isRegression() {
        return "regression".equals(json.path("problem_type").asText());
    }

    public int vocabularySize() {
        return vocabularySize;
    }

    /** The longest sequence in tokens, including special tokens, or {@link #ANY_LENGTH}. */
    public int maxLength() {
        return maxPositions - firstPosition();
    }

    public int firstPosition() {
        return family.countsPositionsFromPadding() ? padId + 1 : 0;
    }

    /** Encoder tensors in the order in which the network reads them: seven for the embeddings, sixteen per layer. */
    List<TensorSlot> encoderSlots() {
        if (!family.hasBertLayers()) {
            throw new CheckpointException("config.json: a " + family.modelType
                    + " scores pairs here and nothing else; sentence vectors and masked words need one of"
                    + " BERT's families");
        }
        List<TensorSlot> slots = new ArrayList<>();
        String p = family.prefix + ".";
        TensorSlot.Part part = TensorSlot.Part.EMBEDDINGS;
        slots.add(slot(
                p + "embeddings.word_embeddings.weight", TensorSlot.Kind.WEIGHT, part, -1, vocabularySize, embedding));
        slots.add(slot(
                p + "embeddings.position_embeddings.weight",
                TensorSlot.Kind.WEIGHT,
                part,
                -1,
                maxPositions,
                embedding));
        slots.add(
                typeVocabulary > 0
                        ? slot(
                                p + "embeddings.token_type_embeddings.weight",
                                TensorSlot.Kind.WEIGHT,
                                part,
                                -1,
                                typeVocabulary,
                                embedding)
                        : absent());
        addNorm(slots, p + "embeddings.LayerNorm", part, -1, embedding);
        if (embedding != hidden) {
            addDense(slots, p + "embeddings_project", part, -1, hidden, embedding);
        } else {
            slots.add(absent());
            slots.add(absent());
        }
        String[] names = family.layerNames();
        for (int layer = 0; layer < layers; layer++) {
            String l = p + family.layerPrefix() + layer + ".";
            for (int i = 0; i < 4; i++) {
                addDense(slots, l + names[i], TensorSlot.Part.ENCODER, layer, hidden, hidden);
            }
            addNorm(slots, l + names[4], TensorSlot.Part.ENCODER, layer, hidden);
            addDense(slots, l + names[5], TensorSlot.Part.ENCODER, layer, intermediate, hidden);
            addDense(slots, l + names[6], TensorSlot.Part.ENCODER, layer, hidden, intermediate);
            addNorm(slots, l + names[7], TensorSlot.Part.ENCODER, layer, hidden);
        }
        return slots;
    }

    List<TensorSlot> classifierSlots() {
        if (!family.hasBertLayers()) {
            return family == BertFamily.GPT2 ? Gpt2Tensors.slots(this) : XlnetTensors.slots(this);
        }
        List<TensorSlot> slots = encoderSlots();
        String[] names = family.classifierNames();
        addDense(slots, names[0], TensorSlot.Part.HEAD, -1, hidden, hidden);
        addDense(slots, names[1], TensorSlot.Part.HEAD, -1, labels, hidden);
        return slots;
    }

    List<TensorSlot> maskedSlots() {
        List<TensorSlot> slots = encoderSlots();
        String[] names = family.maskedNames();
        addDense(slots, names[0], TensorSlot.Part.HEAD, -1, embedding, hidden);
        addNorm(slots, names[1], TensorSlot.Part.HEAD, -1, embedding);
        slots.add(slot(names[2], TensorSlot.Kind.BIAS, TensorSlot.Part.HEAD, -1, vocabularySize));
        return slots;
    }

    static void addDense(List<TensorSlot> slots, String name, TensorSlot.Part part, int layer, long out, long in) {
        slots.add(slot(name + ".weight", TensorSlot.Kind.WEIGHT, part, layer, out, in));
        slots.add(slot(name + ".bias", TensorSlot.Kind.BIAS, part, layer, out));
    }

    static void addNorm(List<TensorSlot> slots, String name, TensorSlot.Part part, int layer, long size) {
        slots.add(slot(name + ".weight", TensorSlot.Kind.NORM_WEIGHT, part, layer, size));
        slots.add(slot(name + ".bias", TensorSlot.Kind.NORM_BIAS, part, layer, size));
    }

    static TensorSlot slot(String name, TensorSlot.Kind kind, TensorSlot.Part part, int layer, long... shape) {
        return new TensorSlot(name, shape, kind, part, layer);
    }

    static TensorSlot absent() {
        return slot("", TensorSlot.Kind.ABSENT, TensorSlot.Part.EMBEDDINGS, -1, 0);
    }

    private JsonNode setting(String bertName) {
        return json.path(family.setting(bertName));
    }

    private int positive(String bertName, int limit) {
        String field = family.setting(bertName);
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > limit) {
            throw new CheckpointException("config.json: " + field + " must be a whole number between 1 and " + limit
                    + ", but is " + (value.isMissingNode() ? "missing" : value));
        }
        return value.asInt();
    }

    private double share(String field, double otherwise) {
        double value = json.path(field).isNumber() ? json.path(field).asDouble() : otherwise;
        if (!(value >= 0 && value < 1)) {
            throw new CheckpointException("config.json: " + field + " must be at least 0 and below 1, but is " + value);
        }
        return value;
    }

    private static String activation(String field, String name) {
        return switch (name) {
            case "gelu", "gelu_python" -> "gelu";
            case "relu", "silu", "tanh" -> name;
            case "swish" -> "silu";
            default -> {
                if (TANH_GELU.contains(name)) {
                    yield "gelu_tanh";
                }
                throw new CheckpointException("config.json: " + field + ": activation '" + name
                        + "' is not known; export the model as TorchScript instead (src/docs/models.md)");
            }
        };
    }

    public static int countLabels(JsonNode json) {
        int count = json.path("id2label").isObject()
                ? json.path("id2label").size()
                : ConfigNumber.of(json, "num_labels", 2);
        if (count < 1 || count > 10_000) {
            throw new CheckpointException(
                    "config.json: num_labels, the number of labels, must be between 1 and 10000, but is " + count);
        }
        return count;
    }

    /** Rejects a setting that changes the computation and is not implemented. */
    private void requireUsual(String field, JsonNode usual) {
        JsonNode value = json.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.equals(usual)) {
            throw new CheckpointException("config.json: " + field + " " + value + " is not supported, only " + usual
                    + "; export the model as TorchScript (src/docs/models.md)");
        }
    }

    private void requireSupported() {
        if (family == BertFamily.GPT2) {
            requireUsual("scale_attn_weights", BooleanNode.TRUE);
            requireUsual("scale_attn_by_inverse_layer_idx", BooleanNode.FALSE);
            requireUsual("add_cross_attention", BooleanNode.FALSE);
        }
        if (hidden % heads != 0) {
            throw new CheckpointException("config.json: " + family.setting("hidden_size") + " " + hidden
                    + " is not a multiple of the number of heads, " + family.setting("num_attention_heads") + " "
                    + heads);
        }
        if (family == BertFamily.XLNET) {
            requireXlnet();
        }
        if (typeVocabulary < 0 || typeVocabulary > SEGMENTS_LIMIT) {
            throw new CheckpointException("config.json: type_vocab_size must be between 0 and 128");
        }
        if (padId < 0 || padId >= vocabularySize) {
            throw new CheckpointException("config.json: pad_token_id " + padId + " is outside the vocabulary");
        }
        if (maxLength() < 8) {
            throw new CheckpointException("config.json: " + family.setting("max_position_embeddings") + " "
                    + maxPositions + " leaves no room for a pair");
        }
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new CheckpointException(
                    "config.json: " + family.setting("layer_norm_eps") + " must be above 0 and below 1");
        }
        if (!(initializerRange > 0 && initializerRange <= 1)) {
            throw new CheckpointException("config.json: initializer_range must be above 0 and at most 1");
        }
        String positions = json.path("position_embedding_type").asText("absolute");
        if (!positions.equals("absolute")) {
            throw new CheckpointException("config.json: position_embedding_type '" + positions
                    + "' is not supported, only 'absolute'; export the model as TorchScript (src/docs/models.md)");
        }
        if (!json.path("pruned_heads").isEmpty()) {
            throw new CheckpointException("config.json: pruned_heads is not supported; save the model without pruning");
        }
        JsonNode code = json.path("auto_map");
        if (code.has("AutoModel") || code.has("AutoModelForSequenceClassification")) {
            throw new CheckpointException("config.json: auto_map names code of its own, so this is a "
                    + json.path("model_type").asText()
                    + " in name only; export it as TorchScript (src/docs/models.md)");
        }
        if (family.hasBertLayers() && json.path("is_decoder").asBoolean(false)) {
            throw new CheckpointException(
                    "config.json: is_decoder is set, but a cross-encoder reads in both directions");
        }
    }

    /** Null means no activation, not the default one. */
    private String summaryActivation() {
        String field = "summary_activation";
        return activation(field, json.has(field) ? json.get(field).asText() : "tanh");
    }

    private void requireXlnet() {
        requireUsual("attn_type", TextNode.valueOf("bi"));
        requireUsual("bi_data", BooleanNode.FALSE);
        requireUsual("d_head", IntNode.valueOf(hidden / heads));
        requireUsual("summary_type", TextNode.valueOf("last"));
        requireUsual("summary_use_proj", BooleanNode.TRUE);
        if (json.path("clamp_len").asInt(-1) > 0) {
            requireUsual("clamp_len", IntNode.valueOf(-1));
        }
        if (hidden % 2 != 0) {
            throw new CheckpointException("config.json: d_model " + hidden + " is odd, but waves come in pairs");
        }
    }
}
