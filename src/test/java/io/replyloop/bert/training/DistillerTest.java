package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second language for an encoder: one whose words are single characters, in the order of the first. */
class DistillerTest {
    private static final Path TEACHER =
            ReferenceCheckpoint.named("bert-no-head").directory();
    private static final List<String> WORDS = List.of(
            "hello",
            "how",
            "left",
            "log",
            "off",
            "open",
            "order",
            "policy",
            "settings",
            "tuesday",
            "try",
            "within",
            "thanks",
            "arrives",
            "account",
            "first",
            "please",
            "security",
            "steps",
            "warehouse",
            "yesterday",
            "for");
    private static final String CHARACTERS = "春夏秋冬山川河海风雨雪云花草树木鸟鱼虫马牛羊";

    @TempDir
    Path folder;

    private final List<Translation> pairs = pairs(240, 1);
    private final List<Translation> held = pairs(40, 2);
    private Path start;

    private static List<Translation> pairs(int count, long seed) {
        Random random = new Random(seed);
        List<Translation> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> words =
                    random.ints(3 + random.nextInt(4), 0, WORDS.size()).boxed().toList();
            pairs.add(new Translation(
                    words.stream().map(WORDS::get).collect(Collectors.joining(" ")),
                    words.stream()
                            .map(word -> CHARACTERS.substring(word, word + 1))
                            .collect(Collectors.joining())));
        }
        return pairs;
    }

    private static DistillationOptions options(double passes) {
        return new DistillationOptions(
                16, passes, 5e-3, 5e-4, 10, 5, 30, 0.1, 0.5, 4, 1, 24, Precision.FP32, "cpu", 1, 7, 10, 1_000, 20);
    }

    @BeforeEach
    void giveTheStudentCharacters() {
        start = folder.resolve("start");
        VocabularyExtension.write(TEACHER, pairs, List.of("龙"), 2, start);
    }

    private static class Curve implements Distiller.Listener {
        final List<TrainingProgress> reports = new ArrayList<>();
        final List<TrainingProgress> before = new ArrayList<>();
        int dieAt = Integer.MAX_VALUE;

        @Override
        public void began(int pairs, int steps) {
            assertThat(pairs > 0 && steps > 0).isTrue();
        }

        @Override
        public void progress(TrainingProgress progress) {
            (progress.step() == 0 ? before : reports).add(progress);
            if (progress.step() >= dieAt) {
                throw new IllegalStateException("the process died");
            }
        }

        long evaluations() {
            return Stream.concat(before.stream(), reports.stream())
                    .filter(report -> report.devMetrics().containsKey("forth"))
                    .count();
        }
    }

    private Curve run(Path out, double passes, int dieAt) {
        Curve curve = new Curve();
        curve.dieAt = dieAt;
        Distiller.run(TEACHER, start, pairs, held, out, options(passes), curve);
        return curve;
    }

    @Test
    void new_characters_get_tokens_and_words_keep_theirs() throws IOException {
        assertThat(Files.readAllLines(start.resolve("vocab.txt")).size()).isEqualTo(254 + CHARACTERS.length() + 1);
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1);
        try (Encoder before = Encoder.open(TEACHER, options);
                Encoder after = Encoder.open(start, options)) {
            List<String> known = List.of("hello, how can I log in?", "我的订单在哪里?");
            assertThat(after.embed(known).get(0))
                    .containsExactly(before.embed(known).get(0), within(1e-6f));
            assertThat(before.tokenize("冬夏").tokens())
                    .isEqualTo(before.tokenize("春龙").tokens());
            assertThat(after.tokenize("龙").tokens())
                    .isNotEqualTo(after.tokenize("春").tokens());
            assertThat(after.tokenize(known.get(1)).tokens())
                    .isEqualTo(before.tokenize(known.get(1)).tokens());
        }
    }

    @Test
    void a_translation_comes_to_mean_what_the_sentence_means_to_the_teacher() {
        Path out = folder.resolve("out");
        double before = distance(start);
        Curve curve = run(out, 8, Integer.MAX_VALUE);
        TrainingProgress last = curve.reports.get(curve.reports.size() - 1);
        assertThat(last.loss() < curve.reports.get(0).loss() / 2)
                .as("%s", curve.reports.get(0) + " then " + last)
                .isTrue();
        assertThat(last.step()).isEqualTo(options(8).steps(240));
        assertThat(curve.evaluations()).isEqualTo(2);
        // As it stands in the file, and of sentences that it has not learned from.
        double after = distance(out);
        assertThat(after < before / 2).as("%s", after + " after " + before).isTrue();
    }

    /** Mean squared distance of the teacher's vector of a sentence that was held out and the student's of its translation. */
    private double distance(Path student) {
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1);
        try (Encoder one = Encoder.open(TEACHER, options);
                Encoder other = Encoder.open(student, options)) {
            List<float[]> known =
                    one.embed(held.stream().map(Translation::known).toList());
            List<float[]> translated =
                    other.embed(held.stream().map(Translation::translated).toList());
            double sum = 0;
            for (int i = 0; i < held.size(); i++) {
                sum += 2 - 2 * Encoder.product(known.get(i), translated.get(i));
            }
            return sum / held.size();
        }
    }

    @Test
    void a_run_that_died_goes_on_and_may_be_made_shorter_until_its_rates_fall() {
        run(folder.resolve("whole"), 5, Integer.MAX_VALUE);
        Path resumed = folder.resolve("resumed");
        assertThatThrownBy(() -> run(resumed, 60, 50)).isInstanceOf(IllegalStateException.class);
        assertThat(resumed.toFile().exists()).isFalse();
        assertThatThrownBy(() -> run(resumed, 4, Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        Curve second = run(resumed, 5, Integer.MAX_VALUE);
        assertThat(second.reports.get(0).step()).isEqualTo(50);
        assertSameWeights(folder.resolve("whole"), resumed);
    }

    @Test
    void a_pair_that_would_have_to_be_cut_is_left_out() {
        List<Translation> some = new ArrayList<>(pairs.subList(0, 20));
        some.add(new Translation("hello ".repeat(40), "春"));
        some.add(new Translation("hello", "春".repeat(40)));
        some.add(new Translation("hello ".repeat(22), "春"));
        int[] counted = new int[1];
        Curve curve = new Curve() {
            @Override
            public void began(int pairs, int steps) {
                counted[0] = pairs;
            }
        };
        Distiller.run(TEACHER, start, some, List.of(), folder.resolve("out"), options(1), curve);
        assertThat(counted[0]).isEqualTo(21);
    }

    private static void assertSameWeights(Path one, Path other) {
        try (SafetensorsFile a = SafetensorsFile.open(one.resolve("model.safetensors"));
                SafetensorsFile b = SafetensorsFile.open(other.resolve("model.safetensors"))) {
            a.entries()
                    .forEach(
                            (name, entry) -> assertThat(b.readFloats(b.entries().get(name)))
                                    .as("%s", name)
                                    .isEqualTo(a.readFloats(entry)));
        }
    }
}
