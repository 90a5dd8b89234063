package io.replyloop.bert.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void probabilitiesStayNearThoseOfFullPrecision(String name, Precision precision) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        try (CrossEncoder full = CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32);
                CrossEncoder low =
                        CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32.withPrecision(precision))) {
            double[] expected = full.fit(reference.pairs());
            double[] actual = low.fit(reference.pairs());
            boolean rounded = false;
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 0.02, "pair " + i);
                rounded |= expected[i] != actual[i];
            }
            assertEquals(true, rounded, "nothing was computed in " + precision);
        }
    }

    @Test
    void autoDecidesOnceForAModelAndSaysWhy(@TempDir Path data) throws IOException {
        RememberedPrecision.keepIn(data);
        ReferenceCheckpoint reference = ReferenceCheckpoint.named("bert-2labels");
        CrossEncoderOptions auto = ReferenceLogitsTest.FP32.withPrecision(Precision.AUTO);
        Precision decided;
        try (CrossEncoder encoder = CrossEncoder.open(reference.directory(), auto);
                CrossEncoder full = CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32)) {
            decided = encoder.precision();
            assertNotEquals(Precision.AUTO, decided);
            assertTrue(encoder.precisionReason().contains("within 0.02"), encoder.precisionReason());
            double difference = PrecisionChoice.difference(full.fit(reference.pairs()), encoder.fit(reference.pairs()));
            assertTrue(difference <= PrecisionChoice.TOLERANCE, "" + difference);
        }
        Path remembered = onlyDecision(data);
        assertTrue(Files.readString(remembered).contains("\"" + decided + "\""));

        // Whatever a stopwatch would say now, what is remembered counts: here the other one.
        Precision other = decided == Precision.FP32 ? Precision.INT8 : Precision.FP32;
        Files.writeString(remembered, Files.readString(remembered).replace("\"" + decided + "\"", "\"" + other + "\""));
        try (CrossEncoder again = CrossEncoder.open(reference.directory(), auto)) {
            assertEquals(other, again.precision());
            assertTrue(again.precisionReason().contains(remembered.toString()), again.precisionReason());
        }
        Files.writeString(remembered, "{");
        try (CrossEncoder anew = CrossEncoder.open(reference.directory(), auto)) {
            assertTrue(Files.readString(remembered).contains("\"" + anew.precision() + "\""));
        }
    }

    private static Path onlyDecision(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("precision"))) {
            List<Path> decisions =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertEquals(1, decisions.size());
            return decisions.get(0).toAbsolutePath();
        }
    }

    @AfterEach
    void rememberElsewhere() {
        RememberedPrecision.keepIn(Path.of("target/test-data"));
    }

    @ParameterizedTest
    @CsvSource({"bert-2labels, 1", "bert-2labels, 7", "bert-2labels, 32", "gpt2, 32", "xlnet, 32"})
    void theOrderAndTheCompanyOfPairsDoNotMatter(String name, int count) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        try (CrossEncoder encoder = CrossEncoder.open(reference.directory(), ReferenceLogitsTest.FP32)) {
            List<EncodedPair> pairs = reference.pairs().subList(32 - count, 32);
            List<float[]> together = encoder.logits(pairs);
            for (int i = 0; i < count; i++) {
                float alone = encoder.logits(List.of(pairs.get(i))).get(0)[0];
                assertEquals(alone, together.get(i)[0], 1e-6);
            }
            assertEquals(0, encoder.logits(List.of()).size());
        }
    }

    @Test
    void halfPrecisionNumbersAreReadExactly() {
        assertEquals(1.0f, SafetensorsFile.halfToFloat((short) 0x3c00));
        assertEquals(-2.0f, SafetensorsFile.halfToFloat((short) 0xc000));
        assertEquals(65504f, SafetensorsFile.halfToFloat((short) 0x7bff));
        assertEquals(0x1p-24f, SafetensorsFile.halfToFloat((short) 0x0001));
        assertEquals(-0x1p-24f, SafetensorsFile.halfToFloat((short) 0x8001));
        assertEquals(Float.POSITIVE_INFINITY, SafetensorsFile.halfToFloat((short) 0x7c00));
        assertEquals(Float.NaN, SafetensorsFile.halfToFloat((short) 0x7e00));
        assertEquals(0, Float.compare(-0f, SafetensorsFile.halfToFloat((short) 0x8000)));
    }
}
