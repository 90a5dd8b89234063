package io.replyloop.bert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two encoders that become one: texts of either language in one space. */
class EncoderAlignmentTest {
    /** With the networks that the build has put there. */
    private static final Path BUILT_IN = Path.of("target/classes/models/encoder");

    private static final Path TINY = ReferenceCheckpoint.named("bert-no-head").directory();

    @TempDir
    Path folder;

    private static Encoder open(Path directory) {
        return Encoder.open(directory, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1));
    }

    @Test
    void aTextIsNearItsTranslationAndFarFromOtherTexts() {
        List<String> english = List.of(
                "Where is my parcel?", "I want my money back.", "How do I change my password?", "Do you ship abroad?");
        List<String> chinese = List.of("我的包裹在哪里？", "我要退款。", "怎么修改密码？", "你们发货到国外吗？");
        try (Encoder encoder = open(BUILT_IN)) {
            assertEquals(384, encoder.dimension());
            List<float[]> one = encoder.embed(english);
            List<float[]> other = encoder.embed(chinese);
            for (int i = 0; i < one.size(); i++) {
                assertEquals(1, Encoder.product(one.get(i), one.get(i)), 1e-5);
                assertEquals(i, nearest(one.get(i), other), english.get(i));
                assertEquals(i, nearest(other.get(i), one), chinese.get(i));
            }
        }
    }

    private static int nearest(float[] vector, List<float[]> others) {
        int nearest = 0;
        for (int i = 1; i < others.size(); i++) {
            if (Encoder.product(vector, others.get(i)) > Encoder.product(vector, others.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    @Test
    void textsOfBothLanguagesComeBackInTheOrderAskedAndAsAlone() {
        List<String> texts = List.of("Where is my parcel?", "我要退款。", "", "iPhone 15怎么退货", "Thanks!");
        try (Encoder encoder = open(BUILT_IN)) {
            List<float[]> together = encoder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertArrayEquals(encoder.embed(texts.subList(i, i + 1)).get(0), together.get(i), 1e-4f, texts.get(i));
            }
        }
    }

    /** What is learned is found: a network whose numbers are those of the other one, turned, is turned back. */
    @Test
    void aRotationChangesNoProductAndBringsTranslationsTogether() throws IOException {
        int width;
        try (EncoderNetwork tiny = EncoderNetwork.open(TINY, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))) {
            width = tiny.dimension();
        }
        Path turned = folder.resolve("turned");
        copy(TINY, turned);
        mirrored(width).write(turned);
        Path out = folder.resolve("aligned");
        EncoderAlignment.write(
                TINY,
                turned,
                pairs(),
                width,
                new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1),
                (read, of) -> {},
                out);
        copy(TINY, out.resolve(EncoderAlignment.ENGLISH));
        // The projection of a network that has one already would come on top of it, so the turned one is turned by
        // hand.
        Projection second = Projection.of(out.resolve(EncoderAlignment.CHINESE), width);
        Projection first = Projection.of(out.resolve(EncoderAlignment.ENGLISH), width);
        try (Encoder plain = open(TINY);
                Encoder mirrored = open(turned)) {
            List<String> texts =
                    pairs().stream().map(Translation::known).limit(20).toList();
            List<float[]> expected = plain.embed(texts);
            List<float[]> other = mirrored.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                float[] one = first.of(expected.get(i));
                assertArrayEquals(one, second.of(other.get(i)), 2e-3f, texts.get(i));
            }
        }
    }

    /** Turns every number's sign, and their order. */
    private static Projection mirrored(int width) {
        float[] weight = new float[width * width];
        for (int i = 0; i < width; i++) {
            weight[i * width + width - 1 - i] = -1;
        }
        return new Projection(width, width, weight, new float[width]);
    }

    private static List<Translation> pairs() {
        Random random = new Random(5);
        List<Translation> pairs = new ArrayList<>();
        List<String> words = List.of("order", "parcel", "money", "card", "where", "when", "how", "late", "back", "my");
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 6; word++) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            pairs.add(new Translation(text.toString(), text.toString()));
        }
        return pairs;
    }

    @Test
    void eachPartOfTheDigestCounts() throws IOException {
        Path one = twoOf(TINY);
        String digest = digest(one);
        mirrored(width()).write(one.resolve(EncoderAlignment.CHINESE));
        String projected = digest(one);
        assertNotEquals(digest, projected);
        Pooling.FIRST.write(one.resolve(EncoderAlignment.ENGLISH));
        assertNotEquals(projected, digest(one));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() throws IOException {
        Path pooled = folder.resolve("pooled");
        copy(TINY, pooled);
        Files.createDirectories(pooled.resolve("1_Pooling"));
        Files.writeString(pooled.resolve("1_Pooling/config.json"), "{\"pooling_mode_max_tokens\": true}");
        assertTrue(refusal(pooled).contains("pooling_mode_max_tokens"), refusal(pooled));

        Path narrow = folder.resolve("narrow");
        copy(TINY, narrow);
        new Projection(3, 2, new float[6], new float[2]).write(narrow);
        assertTrue(refusal(narrow).contains("takes vectors of 3 numbers"), refusal(narrow));

        Path endless = folder.resolve("endless");
        copy(TINY, endless);
        Path file = endless.resolve("projection.safetensors");
        mirrored(width()).write(endless);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 0x7F;
        bytes[bytes.length - 2] = (byte) 0xC0;
        Files.write(file, bytes);
        assertTrue(refusal(endless).contains("'linear.bias' holds NaN"), refusal(endless));

        Path apart = twoOf(TINY);
        new Projection(width(), 2, new float[2 * width()], new float[] {1, 1})
                .write(apart.resolve(EncoderAlignment.ENGLISH));
        assertTrue(refusal(apart).contains("cannot be compared"), refusal(apart));
    }

    private static String refusal(Path directory) {
        return assertThrows(CheckpointException.class, () -> open(directory)).getMessage();
    }

    private static int width() {
        try (Encoder tiny = open(TINY)) {
            return tiny.dimension();
        }
    }

    private static String digest(Path directory) {
        try (Encoder encoder = open(directory)) {
            return encoder.digest();
        }
    }

    private Path twoOf(Path encoder) throws IOException {
        Path both = Files.createTempDirectory(folder, "both");
        copy(encoder, both.resolve(EncoderAlignment.ENGLISH));
        copy(encoder, both.resolve(EncoderAlignment.CHINESE));
        return both;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
