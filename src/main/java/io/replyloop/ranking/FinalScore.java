package io.replyloop.ranking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How the stages combine into one calibrated probability, kept beside the model as {@code ranking.json}:
 *
 * <pre>
 * {"temperature": t, "threshold": p, "sure": s, "likely": l,
 *  "weights": {"bias": b, "crossEncoder": c, "firstStage": f, "meaning": n, "memory": m, "share": s, "unknownBias": ub,
 *  "unknownCrossEncoder": uc, "unknownFirstStage": uf, "unknownMeaning": un, "unknownShare": us, "unfamiliarBias": ab}, "unjudged": {the
 *  same}}
 * probability = sigmoid(b + ub * u + ab * unfamiliar + (c + uc * u) * logit / t + (f + uf * u) * firstStage + (n + un * u) * meaning
 *  + m * memory + (s + us * u) * share)
 * </pre>
 *
 * <p>{@code firstStage} is what a reply's own words say, {@code meaning} how near its meaning is, {@code memory} what the
 * answered questions say, {@code share} its probability among all replies, each from 0 to 1, and {@code u} how little those know of this moment. On a team's first day
 * that is 1, and what is not memory has to count for more. No evidence may count against a reply, so no weight of evidence
 * is negative. A reply that the cross-encoder had no time for is weighed by {@code unjudged} and competes with the others.
 *
 * <p>Where no meaning is known, as without an encoder, words have figures of their own ({@link #byWords}). The figures are
 * fitted on held-out decisions and travel with the model. A file from before there was a meaning has them for another
 * memory and for nothing that was not read: of those, only the temperature is taken, because probabilities of two scales
 * do not compare.
 *
 * @param temperature divides the cross-encoder's logit
 * @param threshold nothing below this probability is worth an agent's look
 * @param confidence from which probability on a suggestion is called sure, and likely
 * @param unjudged for replies that the cross-encoder has not read
 */
public record FinalScore(
        double temperature, double threshold, Confidence confidence, Weights weights, Weights unjudged) {
    public static final String FILE = "ranking.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public record Weights(
            double bias,
            double crossEncoder,
            double firstStage,
            double meaning,
            double memory,
            double unknownBias,
            double unknownCrossEncoder,
            double unknownFirstStage,
            double unknownMeaning,
            double share,
            double unknownShare,
            double unfamiliarBias) {

        /** However clear the matter is. */
        public Weights(
                double bias,
                double crossEncoder,
                double firstStage,
                double meaning,
                double memory,
                double unknownBias,
                double unknownCrossEncoder,
                double unknownFirstStage,
                double unknownMeaning) {
            this(
                    bias,
                    crossEncoder,
                    firstStage,
                    meaning,
                    memory,
                    unknownBias,
                    unknownCrossEncoder,
                    unknownFirstStage,
                    unknownMeaning,
                    0,
                    0,
                    0);
        }

        /** The same whatever memory knows, and of a time that knew no meaning. */
        public Weights(double bias, double crossEncoder, double firstStage, double memory) {
            this(bias, crossEncoder, firstStage, 0, memory, 0, 0, 0, 0);
        }

        /** Of a reply that was not read: as if the cross-encoder knew neither way. */
        private Weights unjudged() {
            return judged(0);
        }

        /** The same of one that was read. */
        private Weights judged(double crossEncoder) {
            return new Weights(
                    bias,
                    crossEncoder,
                    firstStage,
                    meaning,
                    memory,
                    unknownBias,
                    0,
                    unknownFirstStage,
                    unknownMeaning,
                    share,
                    unknownShare,
                    unfamiliarBias);
        }

        private boolean knowsMeaning() {
            return meaning + unknownMeaning > 0;
        }

        double probability(double logit, Evidence evidence) {
            double unknown = 1 - evidence.known();
            double score = bias
                    + unknownBias * unknown
                    + unfamiliarBias * evidence.unfamiliar()
                    + (crossEncoder + unknownCrossEncoder * unknown) * logit
                    + (firstStage + unknownFirstStage * unknown) * evidence.firstStage()
                    + (meaning + unknownMeaning * unknown) * evidence.meaning()
                    + memory * evidence.memory()
                    + (share + unknownShare * unknown) * evidence.share();
            return 1 / (1 + Math.exp(-score));
        }
    }

    /** The lowest probabilities that are called so; fitted so that the words mean precisions. */
    public record Confidence(double sure, double likely) {
        static final Confidence USUAL = new Confidence(0.75, 0.5);
    }

    /** Of words alone: cautious, so that what is shown at all reads as an unsure suggestion. */
    private static final Weights WORDS = new Weights(-8.56, 0, 1.6, 0, 7.7, 4.6, 0, 0, 0);

    /** Of words and meaning, fitted on clinc150's questions with the names of their intents as replies (ADR 90). */
    private static final Weights WORDS_AND_MEANING = new Weights(-7.36, 0, 0.58, 1.24, 7.7, -2.54, 0, 0.26, 17.65);

    /** Of words and a cross-encoder, where a file that knows meaning does not say: those of the first default model. */
    private static final Weights WORDS_AND_MODEL = new Weights(-4.38, 0.603, 2.055, 0, 3.688, 1.554, -0.253, 0, 0);

    /** Of the logit of a cross-encoder of which nothing else is known. */
    private static final double MODERATE = 0.3;

    private static final double USUAL_THRESHOLD = 0.054;

    /** While no model is there to ask. */
    public static final FinalScore FIRST_STAGE_ONLY = new FinalScore(1, USUAL_THRESHOLD, WORDS_AND_MEANING);

    /**
     * For a model directory that brings no {@code ranking.json}, or one that knows no meaning. What was read and what was
     * not are on one scale: a logit above 0 lifts a reply above what it would have unread, one below lowers it.
     */
    public static final FinalScore DEFAULTS = new FinalScore(1, USUAL_THRESHOLD, WORDS_AND_MEANING.judged(MODERATE));

    private static final FinalScore BY_WORDS =
            new FinalScore(1, USUAL_THRESHOLD, Confidence.USUAL, WORDS_AND_MODEL, WORDS);

    public FinalScore(double temperature, double threshold, Weights weights) {
        this(temperature, threshold, Confidence.USUAL, weights, weights.unjudged());
    }

    private FinalScore at(double otherTemperature) {
        return new FinalScore(otherTemperature, threshold, confidence, weights, unjudged);
    }

    /** Where no candidate has a meaning: weights, threshold and words that go together. */
    public FinalScore byWords() {
        return BY_WORDS.at(temperature);
    }

    public FinalScore {
        require(Double.isFinite(temperature) && temperature > 0, "temperature", "a number above 0", temperature);
        requireShare("threshold", threshold);
        requireShare("sure", confidence.sure);
        requireShare("likely", confidence.likely);
        requireFinite("weights.", weights);
        requireFinite("unjudged.", unjudged);
    }

    /** @param logit what the cross-encoder says of it; null when it was not asked */
    public double probability(Double logit, Evidence evidence) {
        boolean meant = evidence.meaning() > 0;
        if (logit == null) {
            return (meant ? unjudged : WORDS).probability(0, evidence);
        }
        boolean byWords = !meant && weights.knowsMeaning();
        return (byWords ? WORDS_AND_MODEL : weights).probability(logit / temperature, evidence);
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
        double temperature = number(root, "temperature", DEFAULTS.temperature);
        Weights weights = weights(root.path("weights"), "weights", DEFAULTS.weights);
        FinalScore read = new FinalScore(
                temperature,
                number(root, "threshold", DEFAULTS.threshold),
                new Confidence(
                        number(root, "sure", Confidence.USUAL.sure), number(root, "likely", Confidence.USUAL.likely)),
                weights,
                root.has("unjudged")
                        ? weights(root.path("unjudged"), "unjudged", WORDS_AND_MEANING)
                        : weights.unjudged());
        return knowsMeaning(root) ? read : DEFAULTS.at(temperature);
    }

    private static boolean knowsMeaning(JsonNode root) {
        return root.path("weights").has("meaning") || root.has("unjudged");
    }

    /**
     * What a model that is made of another's gets: the other's figures with its own temperature, or, where those know no
     * meaning, ones that do.
     */
    public static ObjectNode handedOn(JsonNode parent, double temperature) {
        ObjectNode handed = parent != null && knowsMeaning(parent)
                ? parent.deepCopy()
                : DEFAULTS.at(temperature).json();
        return handed.put("temperature", temperature);
    }

    private static Weights weights(JsonNode weights, String name, Weights usual) {
        if (!weights.isMissingNode() && !weights.isObject()) {
            throw new IllegalArgumentException(name + " must be a JSON object");
        }
        return new Weights(
                number(weights, "bias", usual.bias),
                number(weights, "crossEncoder", usual.crossEncoder),
                number(weights, "firstStage", usual.firstStage),
                number(weights, "meaning", 0),
                number(weights, "memory", usual.memory),
                number(weights, "unknownBias", 0),
                number(weights, "unknownCrossEncoder", 0),
                number(weights, "unknownFirstStage", 0),
                number(weights, "unknownMeaning", 0),
                number(weights, "share", 0),
                number(weights, "unknownShare", 0),
                number(weights, "unfamiliarBias", 0));
    }

    public void write(Path modelDirectory) throws IOException {
        JSON.writeValue(modelDirectory.resolve(FILE).toFile(), json());
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("temperature", rounded(temperature));
        root.put("threshold", rounded(threshold));
        root.put("sure", rounded(confidence.sure));
        root.put("likely", rounded(confidence.likely));
        write(root.putObject("weights"), weights);
        write(root.putObject("unjudged"), unjudged);
        return root;
    }

    private static void write(ObjectNode node, Weights weights) {
        node.put("bias", rounded(weights.bias))
                .put("crossEncoder", rounded(weights.crossEncoder))
                .put("firstStage", rounded(weights.firstStage))
                .put("meaning", rounded(weights.meaning))
                .put("memory", rounded(weights.memory))
                .put("unknownBias", rounded(weights.unknownBias))
                .put("unknownCrossEncoder", rounded(weights.unknownCrossEncoder))
                .put("unknownFirstStage", rounded(weights.unknownFirstStage))
                .put("unknownMeaning", rounded(weights.unknownMeaning))
                .put("share", rounded(weights.share))
                .put("unknownShare", rounded(weights.unknownShare))
                .put("unfamiliarBias", rounded(weights.unfamiliarBias));
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

    private static void requireFinite(String where, Weights weights) {
        requireFinite(where + "bias", weights.bias);
        requireFinite(where + "crossEncoder", weights.crossEncoder);
        requireFinite(where + "firstStage", weights.firstStage);
        requireFinite(where + "meaning", weights.meaning);
        requireFinite(where + "memory", weights.memory);
        requireFinite(where + "unknownBias", weights.unknownBias);
        requireFinite(where + "unknownCrossEncoder", weights.unknownCrossEncoder);
        requireFinite(where + "unknownFirstStage", weights.unknownFirstStage);
        requireFinite(where + "unknownMeaning", weights.unknownMeaning);
        requireFinite(where + "share", weights.share);
        requireFinite(where + "unknownShare", weights.unknownShare);
        requireFinite(where + "unfamiliarBias", weights.unfamiliarBias);
    }

    private static void requireFinite(String name, double value) {
        require(Double.isFinite(value), name, "a finite number", value);
    }

    private static void requireShare(String name, double value) {
        require(value >= 0 && value <= 1, name, "a number from 0 to 1", value);
    }

    private static void require(boolean holds, String name, String what, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + what + ", and is " + value);
        }
    }
}
