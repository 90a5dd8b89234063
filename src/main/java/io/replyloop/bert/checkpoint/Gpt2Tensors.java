package io.replyloop.bert.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The tensors of {@code GPT2ForSequenceClassification}, in the order in which {@code gpt2.torchscript} reads them. */
final class Gpt2Tensors {
    private Gpt2Tensors() {}

    /** Seven slots as in BERT, twelve per layer, the last norm, and a classifier without bias. */
    static List<TensorSlot> slots(BertConfig config) {
        int width = config.hidden;
        List<TensorSlot> slots = new ArrayList<>();
        addEmbedding(slots, "transformer.wte.weight", config.vocabularySize, width);
        addEmbedding(slots, "transformer.wpe.weight", config.maxPositions, width);
        while (slots.size() < BertConfig.EMBEDDING_SLOTS) {
            slots.add(BertConfig.absent());
        }
        for (int layer = 0; layer < config.layers; layer++) {
            String l = "transformer.h." + layer + ".";
            BertConfig.addNorm(slots, l + "ln_1", TensorSlot.Part.ENCODER, layer, width);
            addTransposed(slots, l + "attn.c_attn", layer, width, 3L * width);
            addTransposed(slots, l + "attn.c_proj", layer, width, width);
            BertConfig.addNorm(slots, l + "ln_2", TensorSlot.Part.ENCODER, layer, width);
            addTransposed(slots, l + "mlp.c_fc", layer, width, config.intermediate);
            addTransposed(slots, l + "mlp.c_proj", layer, config.intermediate, width);
        }
        // Belongs to the last layer, so that freezing all layers freezes it, too.
        BertConfig.addNorm(slots, "transformer.ln_f", TensorSlot.Part.ENCODER, config.layers - 1, width);
        slots.add(BertConfig.slot(
                config.family.classifierName() + ".weight",
                TensorSlot.Kind.WEIGHT,
                TensorSlot.Part.HEAD,
                -1,
                config.labels,
                width));
        return slots;
    }

    private static void addEmbedding(List<TensorSlot> slots, String name, long rows, long width) {
        slots.add(BertConfig.slot(name, TensorSlot.Kind.WEIGHT, TensorSlot.Part.EMBEDDINGS, -1, rows, width));
    }

    /** A {@code Conv1D} of transformers: a dense layer whose weight is stored as inputs × outputs. */
    private static void addTransposed(List<TensorSlot> slots, String name, int layer, long in, long out) {
        slots.add(BertConfig.slot(name + ".weight", TensorSlot.Kind.WEIGHT, TensorSlot.Part.ENCODER, layer, in, out));
        slots.add(BertConfig.slot(name + ".bias", TensorSlot.Kind.BIAS, TensorSlot.Part.ENCODER, layer, out));
    }
}
