package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.tokenizer.WordPieceVocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BagOfWordsTest {

    private static final String[][] TOPICS = {
        {"parcel", "delivery", "late"}, {"invoice", "money", "refund"}, {"password", "account", "login"}
    };

    @Test
    void words_of_one_topic_end_up_alike_and_the_rest_of_the_checkpoint_is_untouched(@TempDir Path directory)
            throws Exception {
        List<TrainingExample> examples = examples();
        Path checkpoint = checkpoint(directory, examples);
        float[] positions = tensor(checkpoint, "bert.embeddings.position_embeddings.weight");
        double right = BagOfWords.teach(checkpoint, examples, 5, 1);
        assertThat(right > 0.95).as("%s", "only " + right + " right").isTrue();
        float[] words = tensor(checkpoint, "bert.embeddings.word_embeddings.weight");
        List<String> vocabulary = Files.readAllLines(checkpoint.resolve("vocab.txt"));
        assertThat(similarity(words, vocabulary, "parcel", "delivery") > 0.5).isTrue();
        assertThat(similarity(words, vocabulary, "parcel", "refund") < 0.2).isTrue();
        assertThat(tensor(checkpoint, "bert.embeddings.position_embeddings.weight"))
                .isEqualTo(positions);
    }

    private static double similarity(float[] words, List<String> vocabulary, String left, String right) {
        int width = words.length / vocabulary.size();
        double dot = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < width; i++) {
            float a = words[vocabulary.indexOf(left) * width + i];
            float b = words[vocabulary.indexOf(right) * width + i];
            dot += a * b;
            leftSquares += a * a;
            rightSquares += b * b;
        }
        return dot / Math.sqrt(leftSquares * rightSquares);
    }

    private static float[] tensor(Path checkpoint, String name) {
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint.resolve("model.safetensors"))) {
            SafetensorsFile.Entry entry = file.entries().get(name);
            float[] values = new float[(int) (entry.shape()[0] * entry.shape()[1])];
            file.readFloats(entry).asFloatBuffer().get(values);
            return values;
        }
    }

    private static List<TrainingExample> examples() {
        Random random = new Random(1);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int topic = random.nextInt(3);
            StringBuilder text = new StringBuilder("the ");
            for (int word = 0; word < 3; word++) {
                text.append(TOPICS[topic][random.nextInt(3)]).append(" is ");
            }
            examples.add(new TrainingExample(text.toString(), "", topic, null));
        }
        return examples;
    }

    private static Path checkpoint(Path directory, List<TrainingExample> examples) throws Exception {
        WordPieceVocabulary vocabulary = WordPieceVocabulary.learn(
                examples.stream().map(TrainingExample::query).iterator(), 200, 1, List.of());
        vocabulary.write(directory, 32);
        List<List<String>> text = List.of(List.of("the parcel is late", "the invoice is wrong"));
        IntFunction<List<MaskedSequence>> steps = MaskedText.of(
                        text, directory, new MaskedText.Options(32, 0.5, 0.5, 1))
                .steps(64);
        Path checkpoint = directory.resolve("checkpoint");
        Pretrainer.run(
                null,
                BertConfig.bert(vocabulary.size(), 1, 16, 2, 32, 32),
                directory,
                steps,
                checkpoint,
                new PretrainingOptions(1e-4, 1, 0, 0.01, 1, 1, Precision.FP32, "cpu", 1, 1, 0),
                new TrainingListener() {});
        return checkpoint;
    }
}
