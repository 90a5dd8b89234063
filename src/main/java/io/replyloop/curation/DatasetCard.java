package io.replyloop.curation;

import java.util.List;
import java.util.Map;

/**
 * The card of an exported directory, whose first lines tell Hugging Face's {@code datasets} which file is which split and
 * what the columns are: see "Structure your repository" in its documentation.
 */
final class DatasetCard {
    private static final List<String> WHOLE_NUMBERS = List.of("reply_version", "position", "model");
    private static final List<String> NUMBERS = List.of("label", "original_label");
    private static final List<String> TRUTHS = List.of("excluded", "shown");

    private DatasetCard() {}

    /** @param splits with their numbers of examples; those without any are no splits */
    static String of(Map<String, Integer> splits) {
        StringBuilder card = new StringBuilder("---\nconfigs:\n- config_name: default\n  data_files:\n");
        splits.keySet()
                .forEach(split -> card.append("  - split: ")
                        .append(split)
                        .append("\n    path: data/")
                        .append(split)
                        .append(".jsonl\n"));
        card.append("dataset_info:\n  config_name: default\n  features:\n");
        for (String field : ExampleLine.FIELDS) {
            card.append("  - name: ")
                    .append(field)
                    .append("\n    dtype: ")
                    .append(type(field))
                    .append('\n');
        }
        card.append("---\n\n# Examples of Replyloop\n\n");
        card.append(
                "Each row is a question with a reply, and whether it fits (`label`: 1 fits, 0 does not). `query` has the"
                        + " turns of the conversation, one per line, marked `- ` for the customer and `> ` for the team; the"
                        + " question comes last. Personal data is masked. Rows with `excluded` were kept out of training.\n\n");
        splits.forEach((split, count) ->
                card.append("* ").append(split).append(": ").append(count).append(" examples\n"));
        card.append("\n`validation` is what Replyloop calls dev: it chooses when to stop. `test` measures and teaches"
                + " nothing. Conversations without a side are in `unassigned`.\n");
        return card.toString();
    }

    private static String type(String field) {
        if (WHOLE_NUMBERS.contains(field)) {
            return "int64";
        }
        if (NUMBERS.contains(field)) {
            return "float64";
        }
        return TRUTHS.contains(field) ? "bool" : "string";
    }
}
