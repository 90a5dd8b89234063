package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.Pooling;
import io.replyloop.bert.checkpoint.Projection;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.EncoderPair;
import io.replyloop.bert.network.Network;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two encoders that become one: texts of either language in one space. */
class EncoderAlignmentTest {
    /** With the networks that the build has put there. */
    private static final Path BUILT_IN = Path.of("target/classes/models/encoder");

    private static final Path TINY = ReferenceCheckpoint.named("bert-no-head").directory();

    private static Encoder builtIn;
    /** Numbers that the tiny network gives. */
    private static int width;

    @TempDir
    Path folder;

    @BeforeAll
    static void openBuiltIn() {
        builtIn = open(BUILT_IN);
        try (Encoder tiny = open(TINY)) {
            width = tiny.dimension();
        }
    }

    @AfterAll
    static void closeBuiltIn() {
        builtIn.close();
    }

    private static Encoder open(Path directory) {
        return Encoder.open(directory, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1));
    }

    @Test
    void a_text_is_near_its_translation_and_far_from_other_texts() {
        List<String> english = List.of(
                "Where is my parcel?", "I want my money back.", "How do I change my password?", "Do you ship abroad?");
        List<String> chinese = List.of("我的包裹在哪里？", "我要退款。", "怎么修改密码？", "你们发货到国外吗？");
        assertThat(builtIn.dimension()).isEqualTo(384);
        List<float[]> one = builtIn.embed(english);
        List<float[]> other = builtIn.embed(chinese);
        for (int i = 0; i < one.size(); i++) {
            assertThat(Encoder.product(one.get(i), one.get(i))).isCloseTo(1, within(1e-5));
            assertThat(nearest(one.get(i), other)).as("%s", english.get(i)).isEqualTo(i);
            assertThat(nearest(other.get(i), one)).as("%s", chinese.get(i)).isEqualTo(i);
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
    void texts_of_both_languages_come_back_in_the_order_asked_and_as_alone() {
        List<String> texts = List.of("Where is my parcel?", "我要退款。", "", "iPhone 15怎么退货", "Thanks!");
        List<float[]> together = builtIn.embed(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i))
                    .as("%s", texts.get(i))
                    .containsExactly(builtIn.embed(texts.subList(i, i + 1)).get(0), within(1e-4f));
        }
    }

    /** What is looked for is found: vectors of which the others are the same, turned in a space of more numbers. */
    @Test
    void vectors_that_were_turned_are_turned_back() {
        int rows = 200;
        int narrow = 12;
        int wider = 16;
        Random random = new Random(7);
        float[][] one = new float[rows][narrow];
        float[][] other = new float[rows][wider];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < narrow; i++) {
                one[row][i] = (float) random.nextGaussian();
                other[row][wider - 1 - i] = -one[row][i];
            }
        }
        try (Network arithmetic = Network.empty(Device.cpu())) {
            List<float[]> found = arithmetic.rotations(one, other, narrow);
            for (int row = 0; row < rows; row++) {
                float[] turned = turned(one[row], found.get(0), narrow);
                assertThat(turned(other[row], found.get(1), narrow)).containsExactly(turned, within(1e-3f));
                assertThat(Encoder.product(turned, turned))
                        .isCloseTo(Encoder.product(one[row], one[row]), within(1e-3));
            }
        }
    }

    private static float[] turned(float[] vector, float[] matrix, int width) {
        float[] result = new float[width];
        for (int i = 0; i < vector.length; i++) {
            for (int k = 0; k < width; k++) {
                result[k] += vector[i] * matrix[i * width + k];
            }
        }
        return result;
    }

    @Test
    void a_projection_takes_away_what_all_have_in_common_and_changes_no_product_of_the_rest() throws IOException {
        Path out = twoOf(TINY);
        align(out);
        Projection first = Projection.of(out.resolve(EncoderPair.ENGLISH), width);
        List<String> texts = pairs().stream().map(Translation::known).toList();
        try (Encoder plain = open(TINY);
                Encoder both = open(out)) {
            List<float[]> vectors = plain.embed(texts);
            float[] mean = new float[width];
            vectors.forEach(vector -> {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += vector[i] / texts.size();
                }
            });
            List<float[]> read = both.embed(texts);
            for (int i = 1; i < 40; i++) {
                assertThat(read.get(i)).containsExactly(first.of(vectors.get(i)), within(1e-5f));
                assertThat(Encoder.product(read.get(i - 1), read.get(i)))
                        .as("%s", texts.get(i))
                        .isCloseTo(cosine(vectors.get(i - 1), vectors.get(i), mean), within(2e-3));
            }
        }
    }

    private static double cosine(float[] one, float[] other, float[] mean) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < mean.length; i++) {
            double a = one[i] - mean[i];
            double b = other[i] - mean[i];
            product += a * b;
            first += a * a;
            second += b * b;
        }
        return product / Math.sqrt(first * second);
    }

    private static void align(Path both) throws IOException {
        EncoderAlignment.write(
                both.resolve(EncoderPair.ENGLISH),
                both.resolve(EncoderPair.CHINESE),
                pairs(),
                width,
                new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1),
                (read, of) -> {},
                both);
    }

    /** Turns every number's sign, and their order. */
    private static Projection mirrored() {
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
    void each_part_of_the_digest_counts() throws IOException {
        Path one = twoOf(TINY);
        align(one);
        String digest = digest(one);
        Files.delete(one.resolve("chinese/projection.safetensors"));
        mirrored().write(one.resolve(EncoderPair.CHINESE));
        String projected = digest(one);
        assertThat(projected).isNotEqualTo(digest);
        Pooling.FIRST.write(one.resolve(EncoderPair.ENGLISH));
        assertThat(digest(one)).isNotEqualTo(projected);
    }

    @Test
    void what_does_not_fit_is_refused_by_name() throws IOException {
        Path pooled = folder.resolve("pooled");
        copy(TINY, pooled);
        Files.createDirectories(pooled.resolve("1_Pooling"));
        Files.writeString(pooled.resolve("1_Pooling/config.json"), "{\"pooling_mode_max_tokens\": true}");
        assertThat(refusal(pooled).contains("pooling_mode_max_tokens"))
                .as("%s", refusal(pooled))
                .isTrue();

        Path narrow = folder.resolve("narrow");
        copy(TINY, narrow);
        new Projection(3, 2, new float[6], new float[2]).write(narrow);
        assertThat(refusal(narrow).contains("takes vectors of 3 numbers"))
                .as("%s", refusal(narrow))
                .isTrue();

        Path endless = folder.resolve("endless");
        copy(TINY, endless);
        Path file = endless.resolve("projection.safetensors");
        mirrored().write(endless);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 0x7F;
        bytes[bytes.length - 2] = (byte) 0xC0;
        Files.write(file, bytes);
        assertThat(refusal(endless).contains("'linear.bias' holds NaN"))
                .as("%s", refusal(endless))
                .isTrue();

        Path further = folder.resolve("further");
        copy(TINY, further);
        Files.writeString(
                further.resolve("modules.json"),
                "[{\"path\": \"2_Dense\", \"type\": \"sentence_transformers.models.Dense\"}]");
        assertThat(refusal(further).contains("2_Dense"))
                .as("%s", refusal(further))
                .isTrue();

        Path alone = twoOf(TINY);
        Files.delete(alone.resolve("english/config.json"));
        assertThat(refusal(alone).contains("none in 'english'"))
                .as("%s", refusal(alone))
                .isTrue();

        Path unaligned = twoOf(TINY);
        mirrored().write(unaligned.resolve(EncoderPair.CHINESE));
        assertThat(refusal(unaligned).contains("english/projection.safetensors: there is no such file"))
                .as("%s", refusal(unaligned))
                .isTrue();
        assertThat(assertThatExceptionOfType(CheckpointException.class)
                        .isThrownBy(() -> align(unaligned))
                        .actual()
                        .getMessage()
                        .contains("exists already"))
                .isTrue();

        Path apart = twoOf(TINY);
        mirrored().write(apart.resolve(EncoderPair.CHINESE));
        new Projection(width, 2, new float[2 * width], new float[] {1, 1}).write(apart.resolve(EncoderPair.ENGLISH));
        assertThat(refusal(apart).contains("cannot be compared"))
                .as("%s", refusal(apart))
                .isTrue();
    }

    private static String refusal(Path directory) {
        return assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> open(directory))
                .actual()
                .getMessage();
    }

    private static String digest(Path directory) {
        try (Encoder encoder = open(directory)) {
            return encoder.digest();
        }
    }

    private Path twoOf(Path encoder) throws IOException {
        Path both = Files.createTempDirectory(folder, "both");
        copy(encoder, both.resolve(EncoderPair.ENGLISH));
        copy(encoder, both.resolve(EncoderPair.CHINESE));
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
