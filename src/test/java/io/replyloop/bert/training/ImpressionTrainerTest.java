package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.bert.checkpoint.FreshNetwork;
import io.replyloop.bert.checkpoint.Head;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import io.replyloop.bert.network.SharedContextBatch;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedImpression;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a context once for all its replies must say what the pairs say, as far as that can be. */
class ImpressionTrainerTest {
    private static final List<String> REPLIES =
            List.of("It left our warehouse yesterday.", "退款将在三个工作日内到账。", "I can't log in to my account.", "naïve café");
    private static final List<String> QUESTIONS =
            List.of("Where is my order?", "What is your return policy?", "How can I reset my password?", "我的订单在哪里?");

    @TempDir
    Path folder;

    private final Path tokenizer = ReferenceCheckpoint.named("bert-2labels").directory();
    private Path base;

    @BeforeEach
    void aBaseWithALabelForFitsAndOnePerTopic() throws IOException {
        base = folder.resolve("base");
        FreshNetwork.write(shape(2), tokenizer, base, 7);
        Head.replace(base, List.of("fits", "order", "returns", "password", "chinese"));
    }

    private BertConfig shape(int layers) {
        return BertConfig.of(new ObjectMapper()
                .valueToTree(Map.of(
                        "model_type",
                        "bert",
                        "vocab_size",
                        CheckpointFiles.readJson(tokenizer.resolve("config.json"))
                                .path("vocab_size")
                                .asInt(),
                        "hidden_size",
                        32,
                        "num_hidden_layers",
                        layers,
                        "num_attention_heads",
                        4,
                        "intermediate_size",
                        64,
                        "max_position_embeddings",
                        64,
                        "initializer_range",
                        0.3)));
    }

    /** Each question with every reply; the one with the same index fits. */
    private static List<Impression> impressions() {
        List<Impression> impressions = new ArrayList<>();
        for (int q = 0; q < QUESTIONS.size(); q++) {
            List<String> replies = new ArrayList<>(REPLIES);
            replies.add(0, replies.remove(q));
            impressions.add(new Impression(QUESTIONS.get(q), replies, q));
        }
        return impressions;
    }

    @Test
    void with_one_layer_a_replies_logit_is_that_of_its_pair() throws IOException {
        Path single = folder.resolve("single");
        FreshNetwork.write(shape(1), tokenizer, single, 7);
        Head.replace(single, List.of("fits", "order"));
        try (Checkpoint checkpoint = Checkpoint.openForFineTuning(single, Checkpoint.Outputs.CLASSES);
                PairTokenizer pairs = PairTokenizer.open(single, checkpoint.config(), 64);
                TrainingNetwork network = network(checkpoint)) {
            TokenIds query = pairs.tokenize("Hello. " + QUESTIONS.get(0));
            List<TokenIds> replies = REPLIES.stream().map(pairs::tokenize).toList();
            float[] shared =
                    margins(network, pairs.sharing(query, replies, Impression.onlyTheFirst(replies.size()), 0));
            float[][] alone = network.evaluate(
                    replies.stream().map(reply -> pairs.pair(query, reply)).toList());
            for (int i = 0; i < shared.length; i++) {
                assertThat(shared[i]).as("%s", "reply " + i).isCloseTo(alone[i][0], within(1e-4f));
            }
        }
    }

    /** On a GPU all impressions of a batch are filled up to the longest. */
    @Test
    void padding_changes_no_loss_and_no_logit() {
        try (Checkpoint checkpoint = Checkpoint.openForFineTuning(base, Checkpoint.Outputs.CLASSES);
                PairTokenizer pairs = PairTokenizer.open(base, checkpoint.config(), 64);
                TrainingNetwork network = network(checkpoint)) {
            network.setDropout(false);
            List<EncodedImpression> batch = new ArrayList<>();
            for (Impression impression : impressions()) {
                List<String> replies = impression
                        .replies()
                        .subList(0, 2 + batch.size() % (impression.replies().size() - 1));
                batch.add(pairs.sharing(
                        pairs.tokenize(impression.query()),
                        replies.stream().map(pairs::tokenize).toList(),
                        Impression.onlyTheFirst(replies.size()),
                        impression.topic()));
            }
            assertThat(batch.stream()
                                    .mapToInt(EncodedImpression::tokens)
                                    .distinct()
                                    .count()
                            > 1)
                    .isTrue();
            TrainingNetwork.Choices packed = network.learnLists(SharedContextBatch.of(batch, 0, false), 0, 1, 1);
            TrainingNetwork.Choices padded = network.learnLists(SharedContextBatch.of(batch, 0, true), 0, 1, 1);
            assertThat(padded.listLoss()).isCloseTo(packed.listLoss(), within(1e-4));
            assertThat(padded.topicLoss()).isCloseTo(packed.topicLoss(), within(1e-4));
            assertThat(padded.margins()).containsExactly(packed.margins(), within(1e-4f));
        }
    }

    @Test
    void the_logit_of_the_reply_that_the_context_sees_is_that_of_its_pair() {
        try (Checkpoint checkpoint = Checkpoint.openForFineTuning(base, Checkpoint.Outputs.CLASSES);
                PairTokenizer pairs = PairTokenizer.open(base, checkpoint.config(), 64);
                TrainingNetwork network = network(checkpoint)) {
            TokenIds query = pairs.tokenize(QUESTIONS.get(1));
            List<TokenIds> replies = REPLIES.stream().map(pairs::tokenize).toList();
            EncodedImpression all = pairs.sharing(query, replies, Impression.onlyTheFirst(replies.size()), 0);
            for (int i = 0; i < replies.size(); i++) {
                EncodedImpression visible = all.withFirst(i);
                float[][] alone = network.evaluate(List.of(pairs.pair(query, replies.get(i))));
                assertThat(margins(network, visible)[0]).as("%s", "reply " + i).isCloseTo(alone[0][0], within(1e-4f));
                assertThat(visible.pairs().get(visible.fitting()))
                        .isEqualTo(all.pairs().get(0));
            }
        }
    }

    @Test
    void a_long_context_is_cut_in_the_same_place_for_all_replies() {
        try (Checkpoint checkpoint = Checkpoint.openForFineTuning(base, Checkpoint.Outputs.CLASSES);
                PairTokenizer pairs = PairTokenizer.open(base, checkpoint.config(), 24)) {
            TokenIds query = pairs.tokenize("one two three four five six seven eight nine ten ".repeat(5));
            List<TokenIds> replies = List.of(
                    pairs.tokenize("short"), pairs.tokenize("a much longer reply than the other one ".repeat(4)));
            EncodedImpression encoded = pairs.sharing(query, replies, Impression.onlyTheFirst(replies.size()), 0);
            int[] first = Arrays.copyOf(encoded.pairs().get(0).ids(), encoded.context());
            int[] second = Arrays.copyOf(encoded.pairs().get(1).ids(), encoded.context());
            assertThat(second).isEqualTo(first);
            assertThat(encoded.pairs().stream().allMatch(pair -> pair.length() <= 24))
                    .isTrue();
        }
    }

    @Test
    void it_learns_choices_and_topics_and_the_head_of_choices_is_a_cross_encoder() throws IOException {
        List<Impression> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.addAll(impressions());
        }
        List<TrainingProgress> reports = new ArrayList<>();
        Path out = folder.resolve("out");
        ImpressionTrainer.run(base, many, impressions(), 1, out, options(8), new TrainingListener() {
            @Override
            public void progress(TrainingProgress at) {
                reports.add(at);
            }
        });
        Map<String, Double> last = reports.get(reports.size() - 1).devMetrics();
        assertThat(last.get("first")).as("%s", last).isCloseTo(1, within(0.26));
        assertThat(last.get("topicRight")).as("%s", last).isCloseTo(1, within(0.26));
        Head.keepFirst(out);
        try (CrossEncoder encoder = CrossEncoder.open(out, ReferenceLogitsTest.FP32)) {
            assertThat(encoder.info().labels()).isEqualTo(1);
        }
    }

    @Test
    void a_run_that_broke_off_goes_on_and_ends_with_the_same_weights() throws IOException {
        List<Impression> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.addAll(impressions());
        }
        FineTuningOptions options = options(4).toBuilder().evaluateEvery(2).build();
        ImpressionTrainer.run(base, many, List.of(), 1, folder.resolve("whole"), options, new TrainingListener() {});

        Path out = folder.resolve("broken");
        assertThatThrownBy(() -> ImpressionTrainer.run(base, many, List.of(), 1, out, options, new TrainingListener() {
                    @Override
                    public void progress(TrainingProgress at) {
                        if (at.step() == 4) {
                            throw new IllegalStateException("power cut");
                        }
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Files.exists(out)).isFalse();
        List<Integer> steps = new ArrayList<>();
        ImpressionTrainer.run(base, many, List.of(), 1, out, options, new TrainingListener() {
            @Override
            public void progress(TrainingProgress at) {
                steps.add(at.step());
            }
        });
        assertThat(steps.get(0)).as("it went on instead of beginning again").isEqualTo(6);
        assertThat(Files.readAllBytes(out.resolve("model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/model.safetensors")));
    }

    @Test
    void what_it_cannot_use_is_refused() {
        List<Impression> unknown = List.of(new Impression("Hi", List.of("a", "b"), 9));
        assertThatThrownBy(() -> ImpressionTrainer.run(
                        base, unknown, List.of(), 1, folder.resolve("out"), options(4), new TrainingListener() {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Impression("Hi", List.of("only one"), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Impression("Hi", List.of("a", "b"), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FineTuningOptions options(int batch) {
        return FineTuningOptions.defaults().toBuilder()
                .learningRate(5e-3)
                .batchSize(batch)
                .maxLength(64)
                .precision(Precision.FP32)
                .device("cpu")
                .threads(1)
                .build();
    }

    private static TrainingNetwork network(Checkpoint checkpoint) {
        return TrainingNetwork.load(
                checkpoint, false, Torch.device("cpu"), Precision.FP32, TrainingNetwork.Frozen.NOTHING, 3);
    }

    private static float[] margins(TrainingNetwork network, EncodedImpression impression) {
        network.setDropout(false);
        return network.learnLists(SharedContextBatch.of(List.of(impression), 0, false), 0, 1, 1)
                .margins();
    }

    @Test
    void what_reads_a_pair_to_its_end_cannot_share_a_context() {
        for (String family : List.of("gpt2", "xlnet")) {
            CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> ImpressionTrainer.run(
                            ReferenceCheckpoint.named(family).directory(),
                            List.of(),
                            List.of(),
                            1,
                            folder.resolve("out"),
                            FineTuningOptions.defaults(),
                            new TrainingListener() {}))
                    .actual();
            assertThat(refused.getMessage().contains(family))
                    .as("%s", refused.getMessage())
                    .isTrue();
        }
    }
}
