package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.tokenizer.BertWords;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.bert.tokenizer.TokenizerFiles;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds the characters of another language to a WordPiece encoder. Each embedding is initialised from co-occurrence: the
 * mean of the embeddings of the words in the sentences whose translations contain the character, minus the mean over
 * all sentences. Characters that are in the vocabulary but were barely trained are reinitialised in the same way.
 */
public final class VocabularyExtension {

    private VocabularyExtension() {}

    /**
     * @param encoder directory of an encoder whose {@code tokenizer.json} is BERT's WordPiece
     * @param characters that get a token even if they do not occur in the translations
     * @param seenOften how often a Chinese character must occur to get a token as well
     * @param out a directory that does not exist yet
     * @return the vocabulary size of the new encoder
     */
    public static int write(
            Path encoder, List<Translation> pairs, Collection<String> characters, int seenOften, Path out) {
        try (Checkpoint checkpoint = Checkpoint.openEncoder(encoder)) {
            BertConfig config = checkpoint.config();
            ObjectNode tokenizer = TokenizerFiles.json(encoder);
            if (!(tokenizer.path("model").path("vocab") instanceof ObjectNode vocabulary)
                    || !tokenizer.path("model").path("type").asText().equals("WordPiece")) {
                throw new CheckpointException(TokenizerFiles.source(encoder) + ": is no WordPiece vocabulary, so it"
                        + " cannot be given more characters");
            }
            List<SafetensorsWriter.Tensor> tensors = new ArrayList<>(checkpoint.readAll());
            SafetensorsWriter.Tensor words = tensors.get(0);
            Companions companions = Companions.of(encoder, config, words.values(), pairs);

            Map<String, Integer> ids = new LinkedHashMap<>();
            for (String character : companions.seen(seenOften)) {
                ids.put(character, idOf(vocabulary, character));
            }
            for (String character : characters) {
                if (!vocabulary.has(character)) {
                    ids.put(character, idOf(vocabulary, character));
                }
            }
            int size = vocabulary.size();
            float[] longer = Arrays.copyOf(words.values(), size * config.embedding);
            companions.fill(longer, config.vocabularySize, ids);
            tensors.set(0, new SafetensorsWriter.Tensor(words.name(), new long[] {size, config.embedding}, longer));

            BertConfig extended = config.withVocabulary(size);
            CheckpointDirectory.writeEncoder(out, extended, tensors, directory -> {
                CheckpointDirectory.copyTokenizer(encoder, directory);
                Json.PRETTY.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
                Files.writeString(
                        directory.resolve("vocab.txt"),
                        PretrainedEncoder.vocabulary(tokenizer, size),
                        StandardCharsets.UTF_8);
            });
            return size;
        } catch (IOException e) {
            throw new CheckpointException(out + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static int idOf(ObjectNode vocabulary, String token) {
        if (!vocabulary.has(token)) {
            vocabulary.put(token, vocabulary.size());
        }
        return vocabulary.path(token).asInt();
    }

    /** Sums of the embeddings that each character has occurred with. */
    private record Companions(int width, Map<String, double[]> sums, Map<String, Integer> counts, double[] common) {

        static Companions of(Path encoder, BertConfig config, float[] words, List<Translation> pairs) {
            int width = config.embedding;
            Map<String, double[]> sums = new HashMap<>();
            Map<String, Integer> counts = new HashMap<>();
            double[] common = new double[width];
            try (PairTokenizer tokenizer = PairTokenizer.open(encoder, config, config.maxLength())) {
                for (Translation pair : pairs) {
                    double[] mean = mean(tokenizer.tokenize(pair.known()), words, width);
                    add(common, mean, 1.0 / pairs.size());
                    Set<String> characters = new HashSet<>();
                    BertWords.split(pair.translated(), word -> {
                        if (BertWords.isChinese(word.codePointAt(0))) {
                            characters.add(word);
                        }
                    });
                    for (String character : characters) {
                        add(sums.computeIfAbsent(character, unseen -> new double[width]), mean, 1);
                        counts.merge(character, 1, Integer::sum);
                    }
                }
            }
            return new Companions(width, sums, counts, common);
        }

        private static double[] mean(TokenIds sentence, float[] words, int width) {
            double[] mean = new double[width];
            for (int i = 0; i < sentence.size(); i++) {
                for (int k = 0; k < width; k++) {
                    mean[k] += words[sentence.at(i) * width + k] / (double) sentence.size();
                }
            }
            return mean;
        }

        private static void add(double[] sum, double[] more, double share) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += share * more[k];
            }
        }

        /** In the order of their code points, so that the same data give the same ids. */
        List<String> seen(int often) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getValue() >= often)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }

        /** Fills in the centred means, scaled so that their average distance from the mean is that of words. */
        void fill(float[] vectors, int words, Map<String, Integer> ids) {
            double[] middle = new double[width];
            for (int word = 0; word < words; word++) {
                for (int k = 0; k < width; k++) {
                    middle[k] += vectors[word * width + k] / (double) words;
                }
            }
            double far = 0;
            for (int word = 0; word < words; word++) {
                double square = 0;
                for (int k = 0; k < width; k++) {
                    square += Math.pow(vectors[word * width + k] - middle[k], 2);
                }
                far += Math.sqrt(square) / words;
            }
            Map<String, double[]> centred = new HashMap<>();
            double spread = 0;
            for (String character : ids.keySet()) {
                if (sums.containsKey(character)) {
                    double[] vector = common.clone();
                    add(vector, sums.get(character), -1.0 / counts.get(character));
                    double square = 0;
                    for (double number : vector) {
                        square += number * number;
                    }
                    spread += Math.sqrt(square);
                    centred.put(character, vector);
                }
            }
            double stretch = spread > 0 ? far * centred.size() / spread : 0;
            ids.forEach((character, id) -> {
                double[] vector = centred.getOrDefault(character, new double[width]);
                for (int k = 0; k < width; k++) {
                    vectors[id * width + k] = (float) (middle[k] - stretch * vector[k]);
                }
            });
        }
    }
}
