package io.replyloop.lab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.training.PretrainedArtefacts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pretrained encoder knows of the demo shop, which it has never seen. */
class EncoderMeasureTest {

    @Test
    void inEnglishThePretrainedEncoderIsAheadOfTheWordsAndInChineseItIsNot() throws IOException {
        List<EncoderMeasure.Row> rows;
        try (Encoder encoder = Encoder.open(
                PretrainedArtefacts.directory(PretrainedEncoder.MINI_LM),
                new CrossEncoderOptions(Precision.FP32, "cpu", 0, 0))) {
            rows = EncoderMeasure.demoShop().measure(encoder);
        }
        assertEquals(
                List.of("en-en", "zh-zh", "en-zh", "zh-en"),
                rows.stream().map(row -> row.questions() + "-" + row.replies()).toList());
        EncoderMeasure.Row english = rows.get(0);
        assertEquals(144, english.count());
        // 0.63 and 0.81 when this was written: a guard against vectors that mean nothing, not a figure to reach.
        assertTrue(english.meaning().first() > 0.58 && english.meaning().firstThree() > 0.75, english.toLine());
        assertTrue(english.meaning().first() > english.words().first(), english.toLine());
        assertTrue(
                rows.get(1).meaning().first() < rows.get(1).words().first(),
                rows.get(1).toLine());
        assertTrue(english.words().first() <= english.words().firstThree(), english.toLine());
    }
}
