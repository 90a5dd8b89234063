package io.replyloop.bert.checkpoint;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The model families that are built in, and how each names its settings and tensors. */
public enum BertFamily {
    BERT("bert", "bert", "BertForSequenceClassification", "BertForMaskedLM"),
    ROBERTA("roberta", "roberta", "RobertaForSequenceClassification", "RobertaForMaskedLM"),
    XLM_ROBERTA("xlm-roberta", "roberta", "XLMRobertaForSequenceClassification", "XLMRobertaForMaskedLM"),
    DISTILBERT("distilbert", "distilbert", "DistilBertForSequenceClassification", "DistilBertForMaskedLM"),
    ELECTRA("electra", "electra", "ElectraForSequenceClassification", null),
    GPT2("gpt2", "transformer", "GPT2ForSequenceClassification", null),
    XLNET("xlnet", "transformer", "XLNetForSequenceClassification", null);

    private static final Map<String, String> DISTILBERT_SETTINGS = Map.of(
            "hidden_size", "dim",
            "num_hidden_layers", "n_layers",
            "num_attention_heads", "n_heads",
            "intermediate_size", "hidden_dim",
            "hidden_act", "activation",
            "hidden_dropout_prob", "dropout",
            "attention_probs_dropout_prob", "attention_dropout",
            "classifier_dropout", "seq_classif_dropout");
    private static final Map<String, String> GPT2_SETTINGS = Map.of(
            "hidden_size", "n_embd",
            "num_hidden_layers", "n_layer",
            "num_attention_heads", "n_head",
            "intermediate_size", "n_inner",
            "max_position_embeddings", "n_positions",
            "hidden_act", "activation_function",
            "hidden_dropout_prob", "embd_pdrop",
            "attention_probs_dropout_prob", "attn_pdrop",
            "layer_norm_eps", "layer_norm_epsilon");
    private static final Map<String, String> XLNET_SETTINGS = Map.of(
            "hidden_size", "d_model",
            "num_hidden_layers", "n_layer",
            "num_attention_heads", "n_head",
            "intermediate_size", "d_inner",
            "hidden_act", "ff_activation",
            "hidden_dropout_prob", "dropout",
            "attention_probs_dropout_prob", "dropout",
            "classifier_dropout", "summary_last_dropout");

    private static final String[] BERT_LAYER = {
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
        "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"
    };
    private static final String[] DISTILBERT_LAYER = {
        "attention.q_lin",
        "attention.k_lin",
        "attention.v_lin",
        "attention.out_lin",
        "sa_layer_norm",
        "ffn.lin1",
        "ffn.lin2",
        "output_layer_norm"
    };

    public final String modelType;
    final String prefix;
    final String classifierArchitecture;
    /** Null if the family is not pretrained by masked language modelling with a tied head. */
    final String maskedArchitecture;

    BertFamily(String modelType, String prefix, String classifierArchitecture, String maskedArchitecture) {
        this.modelType = modelType;
        this.prefix = prefix;
        this.classifierArchitecture = classifierArchitecture;
        this.maskedArchitecture = maskedArchitecture;
    }

    public static boolean isKnown(String modelType) {
        return Arrays.stream(values()).anyMatch(family -> family.modelType.equals(modelType));
    }

    static BertFamily of(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst()
                .orElseThrow(() -> new CheckpointException("config.json: model_type '" + modelType
                        + "' is not one of "
                        + Arrays.stream(values()).map(f -> f.modelType).collect(Collectors.joining(", "))
                        + "; another classifier serves as TorchScript: export it as model.pt beside config.json and"
                        + " tokenizer.json, see src/docs/models.md"));
    }

    /** The family's name in {@code config.json} for one of BERT's settings. */
    String setting(String bertName) {
        return switch (this) {
            case BERT, ROBERTA, XLM_ROBERTA, ELECTRA -> bertName;
            case DISTILBERT -> DISTILBERT_SETTINGS.getOrDefault(bertName, bertName);
            case GPT2 -> GPT2_SETTINGS.getOrDefault(bertName, bertName);
            case XLNET -> XLNET_SETTINGS.getOrDefault(bertName, bertName);
        };
    }

    /** Whether its layers are BERT's, in which case a classifier reads the first token of a pair. */
    public boolean hasBertLayers() {
        return this != GPT2 && this != XLNET;
    }

    boolean hasSegments() {
        return this != DISTILBERT && this != GPT2;
    }

    /** Query, key, value, attention output, its norm, inner, outer, and the last norm, in that order. */
    String[] layerNames() {
        return this == DISTILBERT ? DISTILBERT_LAYER : BERT_LAYER;
    }

    String layerPrefix() {
        return this == DISTILBERT ? "transformer.layer." : "encoder.layer.";
    }

    boolean countsPositionsFromPadding() {
        return this == ROBERTA || this == XLM_ROBERTA;
    }

    /**
     * The dense layer before the classifier, if there is one (with the encoder's prefix if it is part of the encoder),
     * then the classifier.
     */
    String[] classifierNames() {
        return switch (this) {
            case BERT -> new String[] {"bert.pooler.dense", "classifier"};
            case DISTILBERT -> new String[] {"pre_classifier", "classifier"};
            case ROBERTA, XLM_ROBERTA, ELECTRA -> new String[] {"classifier.dense", "classifier.out_proj"};
            case GPT2 -> new String[] {"score"};
            case XLNET -> new String[] {"sequence_summary.summary", "logits_proj"};
        };
    }

    /** The layer that outputs the logits. */
    String classifierName() {
        String[] names = classifierNames();
        return names[names.length - 1];
    }

    /** Dense layer, norm and output bias of the masked language model. */
    String[] maskedNames() {
        return switch (this) {
            case BERT ->
                new String[] {
                    "cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias"
                };
            case DISTILBERT -> new String[] {"vocab_transform", "vocab_layer_norm", "vocab_projector.bias"};
            case ROBERTA, XLM_ROBERTA -> new String[] {"lm_head.dense", "lm_head.layer_norm", "lm_head.bias"};
            case ELECTRA, GPT2, XLNET ->
                throw new CheckpointException("a checkpoint of model_type '" + modelType
                        + "' is not pretrained by masked language modelling here; start from a BERT or RoBERTa"
                        + " checkpoint");
        };
    }

    String headActivation() {
        return switch (this) {
            case BERT, ROBERTA, XLM_ROBERTA, GPT2, XLNET -> "tanh";
            case DISTILBERT -> "relu";
            case ELECTRA -> "gelu";
        };
    }
}
