package io.replyloop.bert;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The model families whose blocks are BERT's, and how each names its tensors. */
enum BertFamily {
    BERT("bert", "bert", "BertForSequenceClassification", "BertForMaskedLM"),
    ROBERTA("roberta", "roberta", "RobertaForSequenceClassification", "RobertaForMaskedLM"),
    XLM_ROBERTA("xlm-roberta", "roberta", "XLMRobertaForSequenceClassification", "XLMRobertaForMaskedLM"),
    DISTILBERT("distilbert", "distilbert", "DistilBertForSequenceClassification", "DistilBertForMaskedLM"),
    ELECTRA("electra", "electra", "ElectraForSequenceClassification", null);

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

    final String modelType;
    final String prefix;
    final String classifierArchitecture;
    /** Null where the family is not pretrained by masked language modelling with a tied head. */
    final String maskedArchitecture;

    BertFamily(String modelType, String prefix, String classifierArchitecture, String maskedArchitecture) {
        this.modelType = modelType;
        this.prefix = prefix;
        this.classifierArchitecture = classifierArchitecture;
        this.maskedArchitecture = maskedArchitecture;
    }

    static boolean isKnown(String modelType) {
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

    /** The dense layer before the classifier, and the classifier: with the encoder's prefix where it belongs to it. */
    String[] classifierNames() {
        return switch (this) {
            case BERT -> new String[] {"bert.pooler.dense", "classifier"};
            case DISTILBERT -> new String[] {"pre_classifier", "classifier"};
            case ROBERTA, XLM_ROBERTA, ELECTRA -> new String[] {"classifier.dense", "classifier.out_proj"};
        };
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
            case ELECTRA ->
                throw new CheckpointException(
                        "ELECTRA is not pretrained by masked language modelling here; start from a BERT or RoBERTa checkpoint");
        };
    }

    String headActivation(String activation) {
        return switch (this) {
            case BERT, ROBERTA, XLM_ROBERTA -> "tanh";
            case DISTILBERT -> "relu";
            case ELECTRA -> "gelu";
        };
    }
}
