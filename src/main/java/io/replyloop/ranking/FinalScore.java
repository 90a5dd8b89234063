package io.replyloop.ranking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How the stages combine into one calibrated probability, kept beside the model as {@code ranking.json}:
 *
 * <pre>
 * {"temperature": t, "threshold": p, "weights": {"bias": b, "crossEncoder": c, "firstStage": f, "memory": m,
 *  "unknownBias": ub, "unknownCrossEncoder": uc}}
 * probability = sigmoid(b + ub * u + (c + uc * u) * logit / t + f * firstStage + m * memory)
 * </pre>
 *
 * <p>{@code firstStage} is what a reply's own words say, {@code memory} what the answered questions say, each from 0 to 1,
 * and {@code u} how little memory knows of this moment: 1 less what it says of the reply that it holds for the best. On a
 * team's first day that is 1, and the cross-encoder has to count for more. Files from before there was an unknown have
 * none, and mean what they meant.
 *
 * <p>The figures are fitted on held-out decisions and travel with the model.
 *
 * @param temperature divides the cross-encoder's logit
 * @param threshold nothing below this probability is worth an agent's look
 */
public record FinalScore(double temperature, double threshold, Weights weights) {
    public static final String FILE = "ranking.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public record Weights(
            double bias,
            double crossEncoder,
            double firstStage,
            double memory,
            double unknownBias,
            double unknownCrossEncoder) {

        /** The same whatever memory knows. */
        public Weights(double bias, double crossEncoder, double firstStage, double memory) {
            this(bias, crossEncoder, firstStage, memory, 0, 0);
        }
    }

    /** For a model directory that brings no {@code ranking.json}: the cross-encoder leads, the others help. */
    public static final FinalScore DEFAULTS = new FinalScore(1, 0.35, new Weights(-1, 1, 1, 2));

    /** While no model is there to ask: cautious, so that what is shown at all reads as an unsure suggestion. */
    public static final FinalScore FIRST_STAGE_ONLY = new FinalScore(1, 0.25, new Weights(-6.8, 0, 1.6, 7.7, 4.6, 0));

    public FinalScore {
        require(Double.isFinite(temperature) && temperature > 0, "temperature", "a number above 0", temperature);
        require(threshold >= 0 && threshold <= 1, "threshold", "a number from 0 to 1", threshold);
        requireFinite("weights.bias", weights.bias);
        requireFinite("weights.crossEncoder", weights.crossEncoder);
        requireFinite("weights.firstStage", weights.firstStage);
        requireFinite("weights.memory", weights.memory);
        requireFinite("weights.unknownBias", weights.unknownBias);
        requireFinite("weights.unknownCrossEncoder", weights.unknownCrossEncoder);
    }

    /** @param best what memory says of the candidate of which it says most */
    public double probability(double logit, double firstStage, double memory, double best) {
        double unknown = 1 - best;
        double score = weights.bias
                + weights.unknownBias * unknown
                + (weights.crossEncoder + weights.unknownCrossEncoder * unknown) * logit / temperature
                + weights.firstStage * firstStage
                + weights.memory * memory;
        return 1 / (1 + Math.exp(-score));
    }

    /** One logit says how well the reply fits; of two, the second says that it does and the first that it does not. */
    public static double logit(float[] logits) {
        return logits.length == 1 ? logits[0] : logits[1] - logits[0];
    }

    /**
     * @throws UnusableModel naming the file and the field, when there is a {@code ranking.json} that cannot be used
     */
    public static FinalScore of(Path modelDirectory) {
        Path file = modelDirectory.resolve(FILE);
        try {
            return parse(JSON.readTree(Files.readString(file)));
        } catch (NoSuchFileException missing) {
            return DEFAULTS;
        } catch (JsonProcessingException malformed) {
            throw new UnusableModel(file + " is not JSON: " + malformed.getOriginalMessage(), malformed);
        } catch (IOException unreadable) {
            throw new UnusableModel(file + " cannot be read: " + unreadable, unreadable);
        } catch (IllegalArgumentException invalid) {
            throw new UnusableModel(file + ": " + invalid.getMessage(), invalid);
        }
    }

    private static FinalScore parse(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        JsonNode weights = root.path("weights");
        if (!weights.isMissingNode() && !weights.isObject()) {
            throw new IllegalArgumentException("weights must be a JSON object");
        }
        Weights usual = DEFAULTS.weights;
        return new FinalScore(
                number(root, "temperature", DEFAULTS.temperature),
                number(root, "threshold", DEFAULTS.threshold),
                new Weights(
                        number(weights, "bias", usual.bias),
                        number(weights, "crossEncoder", usual.crossEncoder),
                        number(weights, "firstStage", usual.firstStage),
                        number(weights, "memory", usual.memory),
                        number(weights, "unknownBias", 0),
                        number(weights, "unknownCrossEncoder", 0)));
    }

    public void write(Path modelDirectory) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("temperature", rounded(temperature));
        root.put("threshold", rounded(threshold));
        root.putObject("weights")
                .put("bias", rounded(weights.bias))
                .put("crossEncoder", rounded(weights.crossEncoder))
                .put("firstStage", rounded(weights.firstStage))
                .put("memory", rounded(weights.memory))
                .put("unknownBias", rounded(weights.unknownBias))
                .put("unknownCrossEncoder", rounded(weights.unknownCrossEncoder));
        JSON.writeValue(modelDirectory.resolve(FILE).toFile(), root);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }

    private static double number(JsonNode parent, String name, double otherwise) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + " must be a number, and is " + value);
        }
        return value.doubleValue();
    }

    private static void requireFinite(String name, double value) {
        require(Double.isFinite(value), name, "a finite number", value);
    }

    private static void require(boolean holds, String name, String what, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + what + ", and is " + value);
        }
    }
}
