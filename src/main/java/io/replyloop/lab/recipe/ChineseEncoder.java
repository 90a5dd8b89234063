package io.replyloop.lab.recipe;

import io.replyloop.bert.checkpoint.HalfPrecision;
import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.tokenizer.WordPieceVocabulary;
import io.replyloop.bert.training.DistillationOptions;
import io.replyloop.bert.training.Distiller;
import io.replyloop.bert.training.RetrievalFigures;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.bert.training.Translation;
import io.replyloop.bert.training.VocabularyExtension;
import io.replyloop.lab.corpus.ParallelText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One network for both languages: the vocabulary of an English encoder is extended with Chinese characters, and the
 * network is trained on translations to give a Chinese sentence the vector of the English one.
 */
public final class ChineseEncoder {
    /** A character that occurs only once would be trained on one sentence. */
    private static final int SMALLEST_FREQUENCY = 2;

    private final Path english;
    private final Path pairs;
    private final ParallelText text;
    private final DistillationOptions options;
    private final Consumer<String> log;

    /**
     * @param english directory of the encoder to start from
     * @param pairs file with {@code {"en", "zh"}} per line; a {@code SOURCES.md} beside it is copied to the encoder
     * @param heldOut number of pairs to measure with
     * @param log receives lines about the progress
     */
    public ChineseEncoder(Path english, Path pairs, int heldOut, DistillationOptions options, Consumer<String> log)
            throws IOException {
        this.english = english;
        this.pairs = pairs;
        text = ParallelText.read(pairs, heldOut);
        this.options = options;
        this.log = log;
    }

    /**
     * After an interruption, continues from the last saved state.
     *
     * @param work directory for the results of the stages
     * @param out must not exist; its weights are in half precision
     */
    public void make(Path work, Path out) throws IOException {
        if (Files.exists(out)) {
            throw new IllegalArgumentException(out + " already exists");
        }
        say("%,d training pairs, %,d held out", text.train().size(), text.held().size());
        Files.createDirectories(work);
        Path start = work.resolve("start");
        if (!Files.exists(start)) {
            int tokens = VocabularyExtension.write(
                    english, text.train(), WordPieceVocabulary.commonChineseCharacters(), SMALLEST_FREQUENCY, start);
            say("%,d tokens including the Chinese characters", tokens);
        }
        Path taught = work.resolve("taught");
        if (!Files.exists(taught)) {
            Distiller.run(english, start, text.train(), text.held(), taught, options, new Report());
        }
        copy(taught, out);
        HalfPrecision.halve(out);
        List<String> figures = measure(out);
        figures.forEach(log);
        describe(out, figures);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Measures the finished encoder in half precision. */
    private List<String> measure(Path encoder) throws IOException {
        CrossEncoderOptions run = new CrossEncoderOptions(Precision.FP32, options.device(), 0, options.threads());
        try (Encoder finished = Encoder.open(encoder, run)) {
            RetrievalFigures found = RetrievalFigures.of(
                    finished.embed(text.held().stream().map(Translation::known).toList()),
                    finished.embed(
                            text.held().stream().map(Translation::translated).toList()));
            List<String> lines = new ArrayList<>(List.of("held out: " + found.toLine()));
            EncoderMeasure.demoShop().measure(finished).forEach(row -> lines.add("demo shop: " + row.toLine()));
            return lines;
        }
    }

    /** The model card. */
    private void describe(Path encoder, List<String> figures) throws IOException {
        Path sources = pairs.toAbsolutePath().resolveSibling("SOURCES.md");
        boolean named = Files.isRegularFile(sources);
        if (named) {
            Files.copy(sources, encoder.resolve("SOURCES.md"), StandardCopyOption.REPLACE_EXISTING);
        }
        String card = """
                ---
                language: [en, zh]
                license: apache-2.0
                base_model: sentence-transformers/all-MiniLM-L6-v2
                ---
                # Sentence vectors for English and Chinese

                A BERT whose vectors (mean over the tokens, length 1) show how similar two texts are in meaning, within and
                across both languages. Made by `distil-encoder` from all-MiniLM-L6-v2 (Apache-2.0, from the Maven
                artefact %s), whose vocabulary was extended with the Chinese characters of GB 2312's
                first level and of the translations, and which was trained to give a Chinese sentence the vector of the
                English one.

                * translations: %,d pairs for training%s
                * recipe: %s passes; %s
                * weights: half precision

                Figures; nothing was fitted to the demo shop:

                %s
                """.formatted(
                        PretrainedEncoder.MINI_LM.artefact(),
                        text.train().size(),
                        named ? ", whose sources and licences are in `SOURCES.md`" : "",
                        options.passes(),
                        options.recipe(),
                        figures.stream().map(line -> "* " + line).collect(Collectors.joining("\n")));
        Files.writeString(encoder.resolve("README.md"), card);
    }

    private void say(String format, Object... values) {
        log.accept(String.format(Locale.ROOT, format, values));
    }

    private final class Report implements Distiller.Listener {
        @Override
        public void began(int pairs, int steps) {
            say("%,d of these pairs are short enough; %,d steps", pairs, steps);
        }

        @Override
        public void progress(TrainingProgress now) {
            if (now.step() > 0) {
                say(
                        "step %,d of %,d  squared error %.4f  contrast %.4f  rates %.1e %.1e  %.0f pairs/s"
                                + "  left %d:%02d:%02d",
                        now.step(),
                        now.steps(),
                        now.loss(),
                        now.trainMetrics().get("contrast"),
                        now.learningRate(),
                        now.trainMetrics().get("otherRate"),
                        now.unitsPerSecond(),
                        now.left().toHours(),
                        now.left().toMinutesPart(),
                        now.left().toSecondsPart());
            }
            if (!now.devMetrics().isEmpty()) {
                say(
                        "held out: translation found first for %.1f %%, in the other direction %.1f %%",
                        100 * now.devMetrics().get("forth"),
                        100 * now.devMetrics().get("back"));
            }
        }
    }
}
