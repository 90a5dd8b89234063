package io.replyloop.cli;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.tokenizer.WordPieceVocabulary;
import io.replyloop.bert.training.MaskedText;
import io.replyloop.bert.training.Pretrainer;
import io.replyloop.bert.training.PretrainingOptions;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.lab.corpus.ConversationFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Masked language modelling on a team's own conversations. */
@Command(
        name = "pretrain",
        description =
                "Trains a BERT on conversations by masked language modelling, from a checkpoint or from random weights.",
        mixinStandardHelpOptions = true)
final class PretrainCommand implements Callable<Integer> {

    /** Steps for measuring the speed, if a time is given instead of a number of steps. */
    private static final int TRIAL_STEPS = 12;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--text",
            arity = "1..*",
            required = true,
            paramLabel = "FILE",
            description =
                    "Text: a turn per line, a blank line between conversations; or dialogues as .jsonl; or gzipped.")
    private List<Path> text;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory to write; must not exist.")
    private Path out;

    @Option(names = "--from", paramLabel = "DIR", description = "Hugging Face checkpoint to start from.")
    private Path from;

    @Option(names = "--vocabulary", defaultValue = "16000", description = "Tokens to learn (default ${DEFAULT-VALUE}).")
    private int vocabulary;

    @Option(
            names = "--common-chinese",
            description = "Adds the 3,755 most common Chinese characters to a new vocabulary.")
    private boolean commonChinese;

    @Option(names = "--layers", defaultValue = "4")
    private int layers;

    @Option(names = "--hidden", defaultValue = "256")
    private int hidden;

    @Option(names = "--heads", defaultValue = "4")
    private int heads;

    @Option(names = "--intermediate", description = "Width of the feed-forward layers (default: four times --hidden).")
    private Integer intermediate;

    @Option(names = "--max-length", defaultValue = "128", description = "Tokens per sequence (${DEFAULT-VALUE}).")
    private int maxLength;

    @ArgGroup(multiplicity = "1")
    private Duration duration;

    static final class Duration {
        @Option(names = "--minutes", required = true, description = "How long to train, after the trial steps.")
        private double minutes;

        @Option(names = "--steps", required = true, description = "How many steps to train.")
        private int steps;
    }

    @Option(names = "--tokens-per-step", defaultValue = "4096")
    private int tokensPerStep;

    @Option(names = "--learning-rate", defaultValue = "5e-4")
    private double learningRate;

    @Option(
            names = "--reply-masking",
            defaultValue = "0.15",
            description = "Share of the words hidden in the last turn of a sequence; BERT's is 0.15.")
    private double replyMasking;

    @Mixin
    private DeviceArguments network;

    @Option(names = "--seed", defaultValue = "42")
    private long seed;

    @Override
    public Integer call() throws IOException {
        PrintWriter log = spec.commandLine().getErr();
        List<List<String>> conversations = new ArrayList<>();
        for (Path file : text) {
            if (!Files.isReadable(file)) {
                throw new ParameterException(spec.commandLine(), "There is no readable file " + file);
            }
            conversations.addAll(ConversationFile.read(file));
        }
        Path learned = null;
        try {
            Path tokenizer = from;
            BertConfig shape = null;
            if (from == null) {
                learned = Files.createTempDirectory("replyloop-vocabulary");
                tokenizer = learned;
                WordPieceVocabulary words = learnVocabulary(conversations);
                words.write(learned, maxLength);
                log.printf("vocabulary: %,d tokens%n", words.size());
                shape = BertConfig.bert(
                        words.size(),
                        layers,
                        hidden,
                        heads,
                        intermediate == null ? 4 * hidden : intermediate,
                        maxLength);
            }
            MaskedText masked = MaskedText.of(
                    conversations,
                    tokenizer,
                    new MaskedText.Options(maxLength, MaskedText.Options.BERT_SHARE, replyMasking, seed));
            log.printf("text: %,d conversations, %,d tokens%n", conversations.size(), masked.tokens());
            log.flush();
            int steps = duration.steps > 0 ? duration.steps : stepsIn(duration.minutes, shape, tokenizer, masked, log);
            Pretrainer.run(
                    from,
                    shape,
                    tokenizer,
                    masked.steps(tokensPerStep),
                    out,
                    options(steps, Math.max(1, Math.min(50, steps / 10))),
                    new ProgressLine(log));
            log.printf("written: %s%n", out);
            return 0;
        } catch (CheckpointException | IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        } finally {
            if (learned != null) {
                delete(learned);
            }
        }
    }

    private WordPieceVocabulary learnVocabulary(List<List<String>> conversations) {
        List<String> characters = commonChinese ? WordPieceVocabulary.commonChineseCharacters() : List.of();
        return WordPieceVocabulary.learn(
                conversations.stream().flatMap(List::stream).iterator(), vocabulary, 2, characters);
    }

    private PretrainingOptions options(int steps, int reportEvery) {
        return new PretrainingOptions(
                learningRate,
                steps,
                0.05,
                0.01,
                1.0,
                seed,
                network.precision(),
                network.device(),
                network.threads(),
                reportEvery,
                500);
    }

    /**
     * The learning rate depends on the number of steps, so a time limit is converted to steps before training begins.
     */
    private int stepsIn(double minutes, BertConfig shape, Path tokenizer, MaskedText masked, PrintWriter log)
            throws IOException {
        Path trial = Files.createTempDirectory("replyloop-trial");
        try {
            long[] clock = new long[2];
            Pretrainer.run(
                    from,
                    shape,
                    tokenizer,
                    masked.steps(tokensPerStep),
                    trial.resolve("model"),
                    options(TRIAL_STEPS, TRIAL_STEPS / 4),
                    new TrainingListener() {
                        @Override
                        public void progress(TrainingProgress progress) {
                            clock[clock[0] == 0 ? 0 : 1] = System.nanoTime();
                        }
                    });
            double perStep = (clock[1] - clock[0]) / 1e9 / (TRIAL_STEPS * 3.0 / 4);
            int steps = Math.max(1, (int) (minutes * 60 / perStep));
            log.printf(Locale.ROOT, "%.2f s per step: %,d steps in %.0f minutes%n", perStep, steps, minutes);
            log.flush();
            return steps;
        } finally {
            delete(trial);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private record ProgressLine(PrintWriter log) implements TrainingListener {
        @Override
        public void progress(TrainingProgress progress) {
            log.printf(
                    Locale.ROOT,
                    "step %,d of %,d  loss %.3f  right %.1f %%  %,.0f tokens/s  left %d:%02d%n",
                    progress.step(),
                    progress.steps(),
                    progress.loss(),
                    100 * progress.trainMetrics().get("right"),
                    progress.unitsPerSecond(),
                    progress.left().toMinutes(),
                    progress.left().toSecondsPart());
            log.flush();
        }
    }
}
