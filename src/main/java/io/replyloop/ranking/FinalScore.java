package io.replyloop.ranking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.training.Calibration;
import io.replyloop.model.BuiltInModel;
import io.replyloop.platform.Json;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How the stages combine into one calibrated probability. Stored beside the model as {@code ranking.json}:
 *
 * <pre>
 * {"temperature": t, "threshold": p, "sure": s, "likely": l, "weights": {...}, "unjudged": {...},
 *  "near": {"weights": {...}, "unjudged": {...}}, "said": {"slope": a, "bias": b}}
 * </pre>
 *
 * <p>Each of the four objects is a set of weights as described in {@link StageWeights}. The evidence, each value from 0
 * to 1, is {@code firstStage} (the reply's own words), {@code meaning} (similarity of its embedding), {@code memory}
 * (answered questions) and {@code share} (its probability among all replies). A reply that the cross-encoder had no
 * time to score is weighted by {@code unjudged} and ranked together with the others.
 *
 * <p>The probability says how clear the choice is, mainly by the share, unless the reply is {@link Near far} from the
 * question. The share is comparable between teams, but even if no reply fits, one of them is ahead of the others. The
 * weights of {@code near} ignore the share and recognise that nobody has written about the subject, but to them all
 * replies of a bank are near. The result is the smaller of the two probabilities, except that nearness above a
 * threshold does not limit it: what a team has answered a hundred times is as near as can be, and how often it is right
 * depends on how clear the choice is.
 *
 * <p>Without embeddings, words are weighted separately ({@link #byWords}). The weights are fitted on held-out decisions
 * and travel with the model. A file from before embeddings were introduced has weights for a different memory and none
 * for unjudged replies; only its temperature is used, because probabilities on two scales cannot be compared.
 *
 * @param temperature divisor of the cross-encoder's logit
 * @param threshold replies with a lower probability are not shown
 * @param confidence the lowest probabilities at which a suggestion is called sure and likely
 * @param unjudged weights for replies that the cross-encoder has not scored
 * @param near weights without the share: whether there is any reply on the subject
 * @param said maps probabilities to what this team's decisions have shown them to be worth ({@link OwnScore})
 */
public record FinalScore(
        double temperature,
        double threshold,
        Confidence confidence,
        StageWeights weights,
        StageWeights unjudged,
        Near near,
        Said said) {
    public static final String FILE = "ranking.json";

    /** The lowest probabilities for each word, fitted so that the words stand for precisions. */
    public record Confidence(double sure, double likely) {
        static final Confidence USUAL = new Confidence(0.75, 0.5);
    }

    /** How near a reply is to the question, no matter how far it is ahead of others. */
    public record Near(StageWeights weights, StageWeights unjudged) {
        /** From this probability on, nearness no longer limits the result. */
        private static final double ENOUGH = 0.5;

        private static double most(double probability) {
            return Math.min(1, probability / ENOUGH);
        }
    }

    /**
     * Maps a probability to the one shown to the team, by what has proved right there: a linear function of the
     * log-odds (Platt, 1999). Ranking, threshold and the limits of the words use the original probability.
     */
    public record Said(double slope, double bias) {
        public static final Said AS_IT_IS = new Said(1, 0);

        public double of(double probability) {
            return equals(AS_IT_IS) ? probability : Calibration.sigmoid(slope * logOdds(probability) + bias);
        }

        /** The inverse: the probability for which this one is shown. */
        double before(double told) {
            return Calibration.sigmoid((logOdds(told) - bias) / slope);
        }
    }

    /** Probabilities are kept this far from 0 and 1. */
    private static final double DOUBT = 1e-9;

    /** For words alone: cautious, so that anything shown at all is presented as unsure. */
    private static final StageWeights WORDS = new StageWeights(-8.56, 0, 1.6, 0, 7.7, 4.6, 0, 0, 0);

    /**
     * For words and a cross-encoder, unless a file with weights for embeddings says otherwise: those of the first
     * default model.
     */
    private static final StageWeights WORDS_AND_MODEL =
            new StageWeights(-4.38, 0.603, 2.055, 0, 3.688, 1.554, -0.253, 0, 0);

    /** The weight of the logit of an unknown cross-encoder: that of the built-in one on a first day. */
    private static final double MODERATE = 0.15;

    private static final double THRESHOLD_OF_WORDS = 0.054;

    /** Smaller temperatures are rejected: scores could not be computed with them. */
    private static final double COLDEST = 0.001;

    private static final double HOTTEST = 10_000;

    /** Used without a model: the weights in the built-in model's file for unjudged replies. */
    public static final FinalScore FIRST_STAGE_ONLY = builtIn();

    /**
     * For a model directory without a {@code ranking.json}, or with one that has no weights for embeddings. Judged and
     * unjudged replies are on one scale: a positive logit raises a reply, a negative one lowers it.
     */
    public static final FinalScore DEFAULTS = new FinalScore(
            1,
            FIRST_STAGE_ONLY.threshold,
            FIRST_STAGE_ONLY.confidence,
            FIRST_STAGE_ONLY.unjudged.judged(MODERATE),
            FIRST_STAGE_ONLY.unjudged,
            new Near(FIRST_STAGE_ONLY.near.unjudged.judged(MODERATE), FIRST_STAGE_ONLY.near.unjudged));

    private static final FinalScore BY_WORDS =
            new FinalScore(1, THRESHOLD_OF_WORDS, Confidence.USUAL, WORDS_AND_MODEL, WORDS);

    public FinalScore(double temperature, double threshold, StageWeights weights) {
        this(temperature, threshold, Confidence.USUAL, weights, weights.unjudged());
    }

    /** Uses the same weights for nearness. */
    public FinalScore(
            double temperature, double threshold, Confidence confidence, StageWeights weights, StageWeights unjudged) {
        this(temperature, threshold, confidence, weights, unjudged, new Near(weights, unjudged));
    }

    /** Shows probabilities as they are. */
    public FinalScore(
            double temperature,
            double threshold,
            Confidence confidence,
            StageWeights weights,
            StageWeights unjudged,
            Near near) {
        this(temperature, threshold, confidence, weights, unjudged, near, Said.AS_IT_IS);
    }

    private static FinalScore builtIn() {
        String resource = "/" + BuiltInModel.FOLDER + "/" + FILE;
        try (InputStream in = FinalScore.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the application was built without " + resource);
            }
            return read(Json.PRETTY.readTree(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same with a different temperature: a lower one gives the network more weight. */
    public FinalScore at(double otherTemperature) {
        return new FinalScore(otherTemperature, threshold, confidence, weights, unjudged, near, said);
    }

    /** The same with weights learned from a team's choices. */
    FinalScore weighing(StageWeights otherWeights, StageWeights otherUnjudged) {
        return new FinalScore(temperature, threshold, confidence, otherWeights, otherUnjudged, near, said);
    }

    /** The same ranking and threshold, with other probabilities and words shown. */
    FinalScore saying(Said otherwise, Confidence words) {
        return new FinalScore(temperature, threshold, words, weights, unjudged, near, otherwise);
    }

    /** The weights, threshold and words for use if no candidate has an embedding. */
    public FinalScore byWords() {
        return BY_WORDS.at(temperature);
    }

    public FinalScore {
        require(
                temperature >= COLDEST && temperature <= HOTTEST,
                "temperature",
                "a number from 0.001 to 10,000",
                temperature);
        requireShare("threshold", threshold);
        requireShare("sure", confidence.sure);
        requireShare("likely", confidence.likely);
        weights.requireModerate("weights.");
        unjudged.requireModerate("unjudged.");
        near.weights.requireModerate("near.weights.");
        near.unjudged.requireModerate("near.unjudged.");
        require(said.slope >= 0.01 && said.slope <= 100, "said.slope", "a number from 0.01 to 100", said.slope);
        require(Math.abs(said.bias) <= 1_000, "said.bias", "a number from -1,000 to 1,000", said.bias);
    }

    /** @param logit the cross-encoder's logit for the reply; null if it has not scored it */
    public double probability(Double logit, Evidence evidence) {
        if (evidence.meaning() > 0) {
            return logit == null
                    ? Math.min(unjudged.probability(0, evidence), Near.most(near.unjudged.probability(0, evidence)))
                    : Math.min(
                            weights.probability(logit / temperature, evidence),
                            Near.most(near.weights.probability(logit / temperature, evidence)));
        }
        if (logit == null) {
            return WORDS.probability(0, evidence);
        }
        return weights.knowsMeaning()
                ? WORDS_AND_MODEL.probability(logit / temperature, evidence)
                : weights.probability(logit / temperature, evidence);
    }

    /** Returns the probability, kept away from 0 and 1. */
    public static double believed(double probability) {
        return Math.max(DOUBT, Math.min(1 - DOUBT, probability));
    }

    public static double logOdds(double probability) {
        double believed = believed(probability);
        return Math.log(believed / (1 - believed));
    }

    /** @throws UnusableModel if there is a {@code ranking.json} that cannot be used; names the file and the field */
    public static FinalScore of(Path modelDirectory) {
        Path file = modelDirectory.resolve(FILE);
        try {
            return parse(Json.PRETTY.readTree(Files.readString(file)));
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
        FinalScore read = read(root);
        return knowsMeaning(root) ? read : DEFAULTS.at(read.temperature);
    }

    /** Missing values get the defaults for words; weights that those do not have are 0. */
    private static FinalScore read(JsonNode root) {
        StageWeights weights = StageWeights.of(root.path("weights"), "weights", WORDS_AND_MODEL);
        StageWeights unjudged =
                root.has("unjudged") ? StageWeights.of(root.path("unjudged"), "unjudged", WORDS) : weights.unjudged();
        JsonNode near = part(root, "near");
        JsonNode said = part(root, "said");
        return new FinalScore(
                number(root, "temperature", 1),
                number(root, "threshold", THRESHOLD_OF_WORDS),
                new Confidence(
                        number(root, "sure", Confidence.USUAL.sure), number(root, "likely", Confidence.USUAL.likely)),
                weights,
                unjudged,
                near.isMissingNode()
                        ? new Near(weights, unjudged)
                        : new Near(
                                StageWeights.of(near.path("weights"), "near.weights", weights),
                                StageWeights.of(near.path("unjudged"), "near.unjudged", unjudged)),
                new Said(number(said, "slope", 1), number(said, "bias", 0)));
    }

    private static JsonNode part(JsonNode root, String name) {
        JsonNode part = root.path(name);
        if (!part.isMissingNode() && !part.isObject()) {
            throw new IllegalArgumentException(name + " must be a JSON object");
        }
        return part;
    }

    private static boolean knowsMeaning(JsonNode root) {
        return root.path("weights").has("meaning") || root.has("unjudged");
    }

    /**
     * The weights for a model made from another: the parent's weights with a temperature of its own, or the defaults if
     * the parent has no weights for embeddings.
     */
    public static ObjectNode handedOn(JsonNode parent, double temperature) {
        ObjectNode handed = parent != null && knowsMeaning(parent)
                ? parent.deepCopy()
                : DEFAULTS.at(temperature).json();
        return handed.put("temperature", temperature);
    }

    public void write(Path modelDirectory) throws IOException {
        Json.PRETTY.writeValue(modelDirectory.resolve(FILE).toFile(), json());
    }

    public ObjectNode json() {
        ObjectNode root = Json.PRETTY.createObjectNode();
        root.put("temperature", rounded(temperature));
        root.put("threshold", rounded(threshold));
        root.put("sure", rounded(confidence.sure));
        root.put("likely", rounded(confidence.likely));
        weights.write(root.putObject("weights"));
        unjudged.write(root.putObject("unjudged"));
        ObjectNode nearness = root.putObject("near");
        near.weights.write(nearness.putObject("weights"));
        near.unjudged.write(nearness.putObject("unjudged"));
        if (!said.equals(Said.AS_IT_IS)) {
            root.putObject("said").put("slope", rounded(said.slope)).put("bias", rounded(said.bias));
        }
        return root;
    }

    static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }

    static double number(JsonNode parent, String name, double otherwise) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + " must be a number, and is " + value);
        }
        return value.doubleValue();
    }

    private static void requireShare(String name, double value) {
        require(value >= 0 && value <= 1, name, "a number from 0 to 1", value);
    }

    static void require(boolean holds, String name, String what, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + what + ", and is " + value);
        }
    }
}
