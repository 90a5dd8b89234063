package io.replyloop.lab.recipe;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.FreshNetwork;
import io.replyloop.bert.checkpoint.Head;
import io.replyloop.bert.tokenizer.WordPieceVocabulary;
import io.replyloop.bert.training.BagOfWords;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.ImpressionTrainer;
import io.replyloop.bert.training.Loss;
import io.replyloop.bert.training.MaskedText;
import io.replyloop.bert.training.Pretrainer;
import io.replyloop.bert.training.PretrainingOptions;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How each stage of {@link DefaultModel} is trained: hyperparameters, and calls of the trainers. */
final class StageTraining {
    private static final int VOCABULARY = 11_000;
    private static final int SMALLEST_FREQUENCY = 2;
    private static final int WORD_EPOCHS = 3;
    private static final int TOKENS_PER_STEP = 32_768;

    /** Above BERT's 0.15 in the last turn, because the network has to learn which replies follow. */
    private static final double REPLY_MASKING = 0.3;

    private static final double TOPIC_WEIGHT = 0.5;
    private static final double SHARED_CONTEXT_RATE = 1e-3;
    private static final int PAIRS_PER_STEP = 256;
    private static final double PAIR_RATE = 1e-4;

    private final Corpora corpora;
    private final List<String> topics;
    private final DefaultModelOptions options;
    private final Consumer<String> log;

    /** @param topics labels of the head with shared contexts */
    StageTraining(Corpora corpora, List<String> topics, DefaultModelOptions options, Consumer<String> log) {
        this.corpora = corpora;
        this.topics = topics;
        this.options = options;
        this.log = log;
    }

    void learnVocabulary(Path out) throws IOException {
        Path partial = Files.createDirectories(partial(out));
        WordPieceVocabulary.learn(
                        corpora.text(Set.of()).stream().flatMap(List::stream).iterator(),
                        VOCABULARY,
                        SMALLEST_FREQUENCY,
                        WordPieceVocabulary.commonChineseCharacters())
                .write(partial, DefaultModel.POSITIONS);
        Files.move(partial, out);
    }

    /**
     * Trains the word embeddings with a linear classifier of picks and intents, before the network above them: in
     * measurements, that classifier alone predicts more than half of the labels.
     */
    void trainWordEmbeddings(Path tokenizer, Path out) throws IOException {
        List<TrainingExample> examples = new ArrayList<>();
        List<Pick> picks =
                Pick.of(Corpora.without(corpora.train(), DefaultModel.UNSEEN_TASKS), DefaultModel.CONTEXT_TURNS);
        for (Pick pick : picks) {
            examples.add(new TrainingExample(pick.query(), "", topics.indexOf(pick.label()), null));
        }
        int next = topics.size();
        for (Map<String, List<String>> corpus : corpora.intents().values()) {
            for (List<String> questions : corpus.values()) {
                for (String question : questions) {
                    examples.add(new TrainingExample(TurnMark.CUSTOMER.before(question), "", next, null));
                }
                next++;
            }
        }
        Path partial = partial(out);
        int vocabulary = Files.readAllLines(tokenizer.resolve("vocab.txt")).size();
        FreshNetwork.write(shape(vocabulary), tokenizer, partial, DefaultModel.SEED);
        double accuracy = BagOfWords.teach(partial, examples, WORD_EPOCHS, DefaultModel.SEED);
        log.accept(String.format(Locale.ROOT, "bag of words: accuracy %.1f %%", 100 * accuracy));
        Files.move(partial, out);
    }

    private static Path partial(Path out) {
        return out.resolveSibling(out.getFileName() + ".partial");
    }

    private BertConfig shape(int vocabulary) {
        return BertConfig.of(Json.MAPPER
                .createObjectNode()
                .put("model_type", "bert")
                .put("vocab_size", vocabulary)
                .put("hidden_size", options.hidden())
                .put("num_hidden_layers", options.layers())
                .put("num_attention_heads", options.hidden() / DefaultModelOptions.HEAD_SIZE)
                .put("intermediate_size", 4 * options.hidden())
                .put("max_position_embeddings", DefaultModel.POSITIONS)
                .put("type_vocab_size", 2)
                .put("hidden_act", "gelu")
                .put("hidden_dropout_prob", options.dropout())
                .put("attention_probs_dropout_prob", options.dropout())
                .put("layer_norm_eps", 1e-12)
                .put("initializer_range", 0.02)
                .put("pad_token_id", 0));
    }

    void pretrain(Path words, Path out) throws IOException {
        MaskedText masked = MaskedText.of(
                corpora.text(DefaultModel.UNSEEN_TASKS),
                words,
                new MaskedText.Options(
                        DefaultModel.POSITIONS, MaskedText.Options.BERT_SHARE, REPLY_MASKING, DefaultModel.SEED));
        Pretrainer.run(
                words,
                null,
                words,
                masked.steps(TOKENS_PER_STEP),
                out,
                new PretrainingOptions(
                        1e-3,
                        options.pretrainingSteps(),
                        0.05,
                        0.01,
                        1,
                        DefaultModel.SEED,
                        options.precision(),
                        options.device(),
                        options.threads(),
                        100,
                        1_000),
                progress("tokens"));
    }

    /** @param base whose head has a label for each topic */
    void trainWithSharedContexts(Path base, Path out, Curriculum.Impressions data, long seed) {
        log.accept(data.train().size() + " impressions");
        FineTuningOptions hyperparameters = fineTuning(seed)
                .learningRate(SHARED_CONTEXT_RATE)
                .batchSize(Curriculum.IMPRESSIONS_PER_STEP)
                .warmupShare(0.04)
                .evaluateEvery(250)
                .build();
        ImpressionTrainer.run(base, data.train(), data.dev(), TOPIC_WEIGHT, out, hyperparameters, progress("pairs"));
    }

    /** @param model of whose head only the first label is kept */
    void fineTune(Path model, Path out, Curriculum.Pairs data, long seed) throws IOException {
        Path base = copy(model, out.resolveSibling(out.getFileName() + "-base"));
        Head.keepFirst(base);
        if (data.train().isEmpty()) {
            Files.move(base, out);
            return;
        }
        log.accept(data.train().size() + " pairs");
        FineTuningOptions hyperparameters = fineTuning(seed)
                .learningRate(PAIR_RATE)
                .batchSize(PAIRS_PER_STEP)
                .epochs(1)
                .warmupShare(0.06)
                .loss(Loss.LIST_WISE)
                .build();
        FineTuner.run(base, data.train(), data.dev(), out, hyperparameters, progress("pairs"));
    }

    private FineTuningOptions.Builder fineTuning(long seed) {
        return FineTuningOptions.defaults().toBuilder()
                .maxLength(DefaultModel.POSITIONS)
                .seed(seed)
                .precision(options.precision())
                .device(options.device())
                .threads(options.threads());
    }

    /** Copies the files of a directory, over those that are there. */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    /** @param units of the speed */
    private TrainingListener progress(String units) {
        return new TrainingListener() {
            @Override
            public void progress(TrainingProgress at) {
                log.accept(String.format(
                        Locale.ROOT,
                        "step %d of %d  loss %.3f  %s  %.0f %s/s  left %s  %s",
                        at.step(),
                        at.steps(),
                        at.loss(),
                        at.trainMetrics(),
                        at.unitsPerSecond(),
                        units,
                        at.left(),
                        at.devMetrics()));
            }
        };
    }
}
