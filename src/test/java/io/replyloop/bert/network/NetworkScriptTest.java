package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.TensorSlot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows a tensor by its name in a checkpoint finds it in the script under the same. */
class NetworkScriptTest {
    private static final Pattern CLASS_OR_ATTRIBUTE =
            Pattern.compile("^(?:class (\\w+).*:|  (\\w+) : (?:\\w+\\[)?([\\w.]+)]?.*)$", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"bert-2labels", "roberta", "electra", "gpt2", "xlnet"})
    void attributes_are_called_like_the_tensors_of_a_checkpoint(String name) {
        try (Checkpoint checkpoint =
                Checkpoint.openClassifier(ReferenceCheckpoint.named(name).directory())) {
            Map<String, Map<String, String>> classes =
                    classes(NetworkScript.of(checkpoint.config().family, NetworkScript.Task.CLASSIFICATION));
            List<TensorSlot> slots = Network.present(checkpoint.slots()).stream()
                    .filter(slot -> slot.part() != TensorSlot.Part.HEAD)
                    .toList();
            for (TensorSlot slot : slots) {
                String type = "Model";
                // Without the family's prefix; the number of a layer is a place in a list.
                for (String attribute : slot.name()
                        .replaceFirst("^\\w+\\.", "")
                        .replaceAll("\\.\\d+", "")
                        .split("\\.")) {
                    type = classes.getOrDefault(type, Map.of()).get(attribute);
                }
                assertThat(type).as("%s", slot.name()).isEqualTo("Tensor");
            }
        }
    }

    private static Map<String, Map<String, String>> classes(String source) {
        Map<String, Map<String, String>> classes = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        Matcher line = CLASS_OR_ATTRIBUTE.matcher(source);
        while (line.find()) {
            if (line.group(1) != null) {
                attributes = new HashMap<>();
                classes.put(line.group(1), attributes);
            } else {
                attributes.put(line.group(2), line.group(3).replace("__torch__.", ""));
            }
        }
        return classes;
    }
}
