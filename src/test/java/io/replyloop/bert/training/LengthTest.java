package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @ParameterizedTest
    @ValueSource(strings = {"bert-2labels", "gpt2"})
    void a_checkpoint_with_fewer_positions_than_asked_for_serves_with_those_it_has(String name) {
        CrossEncoderOptions long96 = new CrossEncoderOptions(Precision.FP32, "cpu", 96, 1);
        try (CrossEncoder encoder = CrossEncoder.open(REFERENCE.resolve(name), long96)) {
            EncodedPair pair =
                    encoder.pair(encoder.tokenize("where is it ? ".repeat(100)), encoder.tokenize("It is on its way."));

            assertThat(pair.length()).isEqualTo(64);
            assertThat(encoder.logits(List.of(pair)).size()).isEqualTo(1);
        }
    }

    @Test
    void a_network_without_positions_reads_as_much_as_is_asked_for() {
        Path xlnet = REFERENCE.resolve("xlnet");
        String question = "where is it ? ".repeat(300);
        for (int asked : new int[] {0, 700}) {
            CrossEncoderOptions options = new CrossEncoderOptions(Precision.FP32, "cpu", asked, 1);
            try (CrossEncoder encoder = CrossEncoder.open(xlnet, options)) {
                EncodedPair pair = encoder.pair(encoder.tokenize(question), encoder.tokenize("It is on its way."));

                assertThat(pair.length()).isEqualTo(asked == 0 ? 512 : asked);
                assertThat(encoder.logits(List.of(pair)).size()).isEqualTo(1);
            }
        }
    }
}
