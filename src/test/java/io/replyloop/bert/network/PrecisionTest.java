package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lower precisions stay near fp32, and auto takes one of them or none. */
class PrecisionTest {

    @ParameterizedTest
    @CsvSource({
        "bert-2labels, BF16", "bert-2labels, INT8", "bert-1label-gelu-new, BF16", "bert-1label-gelu-new, INT8",
        "roberta, BF16", "distilbert, BF16", "electra, BF16", "bert-relu-3labels, INT8",
        "gpt2, BF16", "gpt2, INT8", "xlnet, BF16", "xlnet, INT8"
    })
    void probabilities_stay_near_those_of_full_precision(String name, Precision precision) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        try (CrossEncoder full = CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32);
                CrossEncoder low =
                        CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32.withPrecision(precision))) {
            double[] expected = full.fit(reference.pairs());
            double[] actual = low.fit(reference.pairs());
            boolean rounded = false;
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("%s", "pair " + i).isCloseTo(expected[i], within(0.02));
                rounded |= expected[i] != actual[i];
            }
            assertThat(rounded).as("%s", "nothing was computed in " + precision).isEqualTo(true);
        }
    }

    @Test
    void auto_decides_once_for_a_model_and_says_why(@TempDir Path data) throws IOException {
        RememberedPrecision.keepIn(data);
        ReferenceCheckpoint reference = ReferenceCheckpoint.named("bert-2labels");
        CrossEncoderOptions auto = ReferenceLogitsTest.FP32.withPrecision(Precision.AUTO);
        Precision decided;
        try (CrossEncoder encoder = CrossEncoder.open(reference.directory(), auto);
                CrossEncoder full = CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32)) {
            decided = encoder.precision();
            assertThat(decided).isNotEqualTo(Precision.AUTO);
            assertThat(encoder.precisionReason().contains("within 0.02"))
                    .as("%s", encoder.precisionReason())
                    .isTrue();
            double difference = PrecisionChoice.difference(full.fit(reference.pairs()), encoder.fit(reference.pairs()));
            assertThat(difference <= PrecisionChoice.TOLERANCE)
                    .as("%s", difference)
                    .isTrue();
        }
        Path remembered = onlyDecision(data);
        assertThat(Files.readString(remembered).contains("\"" + decided + "\"")).isTrue();

        // Whatever a stopwatch would say now, what is remembered counts: here the other one.
        Precision other = decided == Precision.FP32 ? Precision.INT8 : Precision.FP32;
        Files.writeString(remembered, Files.readString(remembered).replace("\"" + decided + "\"", "\"" + other + "\""));
        try (CrossEncoder again = CrossEncoder.open(reference.directory(), auto)) {
            assertThat(again.precision()).isEqualTo(other);
            assertThat(again.precisionReason().contains(remembered.toString()))
                    .as("%s", again.precisionReason())
                    .isTrue();
        }
        Files.writeString(remembered, "{");
        try (CrossEncoder anew = CrossEncoder.open(reference.directory(), auto)) {
            assertThat(Files.readString(remembered).contains("\"" + anew.precision() + "\""))
                    .isTrue();
        }
    }

    private static Path onlyDecision(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("precision"))) {
            List<Path> decisions =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(decisions.size()).isEqualTo(1);
            return decisions.get(0).toAbsolutePath();
        }
    }

    @AfterEach
    void rememberElsewhere() {
        RememberedPrecision.keepIn(Path.of("target/test-data"));
    }

    @ParameterizedTest
    @CsvSource({"bert-2labels, 1", "bert-2labels, 7", "bert-2labels, 32", "gpt2, 32", "xlnet, 32"})
    void the_order_and_the_company_of_pairs_do_not_matter(String name, int count) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        try (CrossEncoder encoder = CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32)) {
            List<EncodedPair> pairs = reference.pairs().subList(32 - count, 32);
            List<float[]> together = encoder.logits(pairs);
            for (int i = 0; i < count; i++) {
                float alone = encoder.logits(List.of(pairs.get(i))).get(0)[0];
                assertThat(together.get(i)[0]).isCloseTo(alone, within(1e-6f));
            }
            assertThat(encoder.logits(List.of()).size()).isEqualTo(0);
        }
    }

    @Test
    void half_precision_numbers_are_read_exactly() {
        assertThat(SafetensorsFile.halfToFloat((short) 0x3c00)).isEqualTo(1.0f);
        assertThat(SafetensorsFile.halfToFloat((short) 0xc000)).isEqualTo(-2.0f);
        assertThat(SafetensorsFile.halfToFloat((short) 0x7bff)).isEqualTo(65504f);
        assertThat(SafetensorsFile.halfToFloat((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(SafetensorsFile.halfToFloat((short) 0x8001)).isEqualTo(-0x1p-24f);
        assertThat(SafetensorsFile.halfToFloat((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(SafetensorsFile.halfToFloat((short) 0x7e00)).isNaN();
        assertThat(Float.compare(-0f, SafetensorsFile.halfToFloat((short) 0x8000)))
                .isEqualTo(0);
    }
}
