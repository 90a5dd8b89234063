package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
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
                        Checkpoint.readJson(tokenizer.resolve("config.json"))
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
    void withOneLayerARepliesLogitIsThatOfItsPair() throws IOException {
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
                assertEquals(alone[i][0], shared[i], 1e-4, "reply " + i);
            }
        }
    }

    /** On a GPU all impressions of a batch are filled up to the longest. */
    @Test
    void paddingChangesNoLossAndNoLogit() {
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
            assertTrue(batch.stream()
                            .mapToInt(EncodedImpression::tokens)
                            .distinct()
                            .count()
                    > 1);
            TrainingNetwork.Choices packed = network.learnLists(SharedContextBatch.of(batch, 0, false), 0, 1, 1);
            TrainingNetwork.Choices padded = network.learnLists(SharedContextBatch.of(batch, 0, true), 0, 1, 1);
            assertEquals(packed.listLoss(), padded.listLoss(), 1e-4);
            assertEquals(packed.topicLoss(), padded.topicLoss(), 1e-4);
            assertArrayEquals(packed.margins(), padded.margins(), 1e-4f);
        }
    }

    @Test
    void theLogitOfTheReplyThatTheContextSeesIsThatOfItsPair() {
        try (Checkpoint checkpoint = Checkpoint.openForFineTuning(base, Checkpoint.Outputs.CLASSES);
                PairTokenizer pairs = PairTokenizer.open(base, checkpoint.config(), 64);
                TrainingNetwork network = network(checkpoint)) {
            TokenIds query = pairs.tokenize(QUESTIONS.get(1));
            List<TokenIds> replies = REPLIES.stream().map(pairs::tokenize).toList();
            EncodedImpression all = pairs.sharing(query, replies, Impression.onlyTheFirst(replies.size()), 0);
            for (int i = 0; i < replies.size(); i++) {
                EncodedImpression visible = all.withFirst(i);
                float[][] alone = network.evaluate(List.of(pairs.pair(query, replies.get(i))));
                assertEquals(alone[0][0], margins(network, visible)[0], 1e-4, "reply " + i);
                assertEquals(all.pairs().get(0), visible.pairs().get(visible.fitting()));
            }
        }
    }

    @Test
    void aLongContextIsCutInTheSamePlaceForAllReplies() {
        try (Checkpoint checkpoint = Checkpoint.openForFineTuning(base, Checkpoint.Outputs.CLASSES);
                PairTokenizer pairs = PairTokenizer.open(base, checkpoint.config(), 24)) {
            TokenIds query = pairs.tokenize("one two three four five six seven eight nine ten ".repeat(5));
            List<TokenIds> replies = List.of(
                    pairs.tokenize("short"), pairs.tokenize("a much longer reply than the other one ".repeat(4)));
            EncodedImpression encoded = pairs.sharing(query, replies, Impression.onlyTheFirst(replies.size()), 0);
            int[] first = Arrays.copyOf(encoded.pairs().get(0).ids(), encoded.context());
            int[] second = Arrays.copyOf(encoded.pairs().get(1).ids(), encoded.context());
            assertArrayEquals(first, second);
            assertTrue(encoded.pairs().stream().allMatch(pair -> pair.length() <= 24));
        }
    }

    @Test
    void itLearnsChoicesAndTopicsAndTheHeadOfChoicesIsACrossEncoder() throws IOException {
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
        assertEquals(1, last.get("first"), 0.26, "" + last);
        assertEquals(1, last.get("topicRight"), 0.26, "" + last);
        Head.keepFirst(out);
        try (CrossEncoder encoder = CrossEncoder.open(out, ReferenceLogitsTest.FP32)) {
            assertEquals(1, encoder.info().labels());
        }
    }

    @Test
    void aRunThatBrokeOffGoesOnAndEndsWithTheSameWeights() throws IOException {
        List<Impression> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.addAll(impressions());
        }
        FineTuningOptions options = options(4).toBuilder().evaluateEvery(2).build();
        ImpressionTrainer.run(base, many, List.of(), 1, folder.resolve("whole"), options, new TrainingListener() {});

        Path out = folder.resolve("broken");
        assertThrows(
                IllegalStateException.class,
                () -> ImpressionTrainer.run(base, many, List.of(), 1, out, options, new TrainingListener() {
                    @Override
                    public void progress(TrainingProgress at) {
                        if (at.step() == 4) {
                            throw new IllegalStateException("power cut");
                        }
                    }
                }));
        assertFalse(Files.exists(out));
        List<Integer> steps = new ArrayList<>();
        ImpressionTrainer.run(base, many, List.of(), 1, out, options, new TrainingListener() {
            @Override
            public void progress(TrainingProgress at) {
                steps.add(at.step());
            }
        });
        assertEquals(6, steps.get(0), "it went on instead of beginning again");
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("whole/model.safetensors")),
                Files.readAllBytes(out.resolve("model.safetensors")));
    }

    @Test
    void whatItCannotUseIsRefused() {
        List<Impression> unknown = List.of(new Impression("Hi", List.of("a", "b"), 9));
        assertThrows(
                IllegalArgumentException.class,
                () -> ImpressionTrainer.run(
                        base, unknown, List.of(), 1, folder.resolve("out"), options(4), new TrainingListener() {}));
        assertThrows(IllegalArgumentException.class, () -> new Impression("Hi", List.of("only one"), 0));
        assertThrows(IllegalArgumentException.class, () -> new Impression("Hi", List.of("a", "b"), -1));
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
    void whatReadsAPairToItsEndCannotShareAContext() {
        for (String family : List.of("gpt2", "xlnet")) {
            CheckpointException refused = assertThrows(
                    CheckpointException.class,
                    () -> ImpressionTrainer.run(
                            ReferenceCheckpoint.named(family).directory(),
                            List.of(),
                            List.of(),
                            1,
                            folder.resolve("out"),
                            FineTuningOptions.defaults(),
                            new TrainingListener() {}));
            assertTrue(refused.getMessage().contains(family), refused.getMessage());
        }
    }
}
