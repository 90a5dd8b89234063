package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.training.PretrainedArtefacts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pretrained English encoder on the demo shop. */
class EncoderMeasureTest {

    @Test
    void the_pretrained_encoder_is_better_than_bm25_in_english_only() throws IOException {
        List<EncoderMeasure.Row> rows;
        try (Encoder encoder = Encoder.open(
                PretrainedArtefacts.directory(PretrainedEncoder.MINI_LM),
                new CrossEncoderOptions(Precision.FP32, "cpu", 0, 0))) {
            rows = EncoderMeasure.demoShop().measure(encoder);
        }
        assertThat(rows.stream()
                        .map(row -> row.questions() + "-" + row.replies())
                        .toList())
                .isEqualTo(List.of("en-en", "zh-zh", "en-zh", "zh-en"));
        EncoderMeasure.Row english = rows.get(0);
        assertThat(english.count()).isEqualTo(144);
        // 0.63 and 0.81 when this was written: a check that the vectors are meaningful, not a target.
        assertThat(english.meaning().first() > 0.58 && english.meaning().firstThree() > 0.75)
                .as("%s", english.toLine())
                .isTrue();
        assertThat(english.meaning().first() > english.words().first())
                .as("%s", english.toLine())
                .isTrue();
        assertThat(rows.get(1).meaning().first() < rows.get(1).words().first())
                .as("%s", rows.get(1).toLine())
                .isTrue();
        assertThat(english.words().first() <= english.words().firstThree())
                .as("%s", english.toLine())
                .isTrue();
    }
}
