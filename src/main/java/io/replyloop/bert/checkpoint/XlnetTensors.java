package io.replyloop.bert.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The tensors of {@code XLNetForSequenceClassification}, in the order in which {@code xlnet.torchscript} reads them. */
final class XlnetTensors {
    private XlnetTensors() {}

    /** Seven slots as in BERT, seventeen per layer, the summary of the last token, and the classifier. */
    static List<TensorSlot> slots(BertConfig config) {
        int width = config.hidden;
        int heads = config.heads;
        int each = width / heads;
        List<TensorSlot> slots = new ArrayList<>();
        slots.add(BertConfig.slot(
                "transformer.word_embedding.weight",
                TensorSlot.Kind.WEIGHT,
                TensorSlot.Part.EMBEDDINGS,
                -1,
                config.vocabularySize,
                width));
        // Used only in pretraining and merely carried along; declared as a bias, so it does not decay.
        slots.add(BertConfig.slot(
                "transformer.mask_emb", TensorSlot.Kind.BIAS, TensorSlot.Part.EMBEDDINGS, -1, 1, 1, width));
        while (slots.size() < BertConfig.EMBEDDING_SLOTS) {
            slots.add(BertConfig.absent());
        }
        for (int layer = 0; layer < config.layers; layer++) {
            String l = "transformer.layer." + layer + ".";
            for (String name : List.of("q", "k", "v", "o", "r")) {
                addAttention(slots, l + "rel_attn." + name, TensorSlot.Kind.WEIGHT, layer, width, heads, each);
            }
            for (String name : List.of("r_r_bias", "r_s_bias", "r_w_bias")) {
                addAttention(slots, l + "rel_attn." + name, TensorSlot.Kind.BIAS, layer, heads, each);
            }
            addAttention(slots, l + "rel_attn.seg_embed", TensorSlot.Kind.WEIGHT, layer, 2, heads, each);
            BertConfig.addNorm(slots, l + "rel_attn.layer_norm", TensorSlot.Part.ENCODER, layer, width);
            BertConfig.addNorm(slots, l + "ff.layer_norm", TensorSlot.Part.ENCODER, layer, width);
            BertConfig.addDense(slots, l + "ff.layer_1", TensorSlot.Part.ENCODER, layer, config.intermediate, width);
            BertConfig.addDense(slots, l + "ff.layer_2", TensorSlot.Part.ENCODER, layer, width, config.intermediate);
        }
        String[] names = config.family.classifierNames();
        BertConfig.addDense(slots, names[0], TensorSlot.Part.HEAD, -1, width, width);
        BertConfig.addDense(slots, names[1], TensorSlot.Part.HEAD, -1, config.labels, width);
        return slots;
    }

    private static void addAttention(
            List<TensorSlot> slots, String name, TensorSlot.Kind kind, int layer, long... shape) {
        slots.add(BertConfig.slot(name, kind, TensorSlot.Part.ENCODER, layer, shape));
    }
}
