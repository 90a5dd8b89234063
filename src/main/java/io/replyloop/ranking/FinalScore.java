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
 * How the stages combine into one calibrated probability, kept beside the model as {@code ranking.json}:
 *
 * <pre>
 * {"temperature": t, "threshold": p, "sure": s, "likely": l, "weights": {...}, "unjudged": {...},
 *  "near": {"weights": {...}, "unjudged": {...}}, "said": {"slope": a, "bias": b}}
 * </pre>
 *
 * <p>Each of the four weighs the stages as {@link StageWeights} says. {@code firstStage} is what a reply's own words say,
 * {@code meaning} how near its meaning is, {@code memory} what the answered questions say, {@code share} its probability
 * among all replies, each from 0 to 1. A reply that the cross-encoder had no time for is weighed by {@code unjudged} and
 * competes with the others.
 *
 * <p>A probability is how clear the matter is, by the share above all, unless the reply is {@link Near far} from what was
 * asked. The first promises the same of every team, but among replies of which none fits one is ahead of the others, too;
 * the second, which knows nothing of the share, knows that nobody has written of this, but takes all the replies of a bank
 * for near. So a reply that is near enough is held back no further: what a team has answered a hundred times is as near as
 * anything can be, and how often that is right is a question of how clear it is.
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
 * @param near whether anybody has written of this: the same without the share
 * @param said what a probability is worth to this team, by its own decisions ({@link OwnScore})
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

    /** The lowest probabilities that are called so; fitted so that the words mean precisions. */
    public record Confidence(double sure, double likely) {
        static final Confidence USUAL = new Confidence(0.75, 0.5);
    }

    /** How near a reply is, however far ahead of the others. */
    public record Near(StageWeights weights, StageWeights unjudged) {
        /** What is more likely than not by nearness alone is not held back by it. */
        private static final double ENOUGH = 0.5;

        private static double most(double probability) {
            return Math.min(1, probability / ENOUGH);
        }
    }

    /**
     * What a team is told in place of a probability, by what has come true there: log-odds so many times as large, and so
     * much higher (Platt, 1999). Order, silence and the lowest probabilities of the words are of the probability itself.
     */
    public record Said(double slope, double bias) {
        public static final Said AS_IT_IS = new Said(1, 0);

        public double of(double probability) {
            return equals(AS_IT_IS) ? probability : Calibration.sigmoid(slope * logOdds(probability) + bias);
        }

        /** The probability for which this is said. */
        double before(double told) {
            return Calibration.sigmoid((logOdds(told) - bias) / slope);
        }
    }

    /** Nothing is believed to be surer than this. */
    private static final double DOUBT = 1e-9;

    /** Of words alone: cautious, so that what is shown at all reads as an unsure suggestion. */
    private static final StageWeights WORDS = new StageWeights(-8.56, 0, 1.6, 0, 7.7, 4.6, 0, 0, 0);

    /** Of words and a cross-encoder, where a file that knows meaning does not say: those of the first default model. */
    private static final StageWeights WORDS_AND_MODEL =
            new StageWeights(-4.38, 0.603, 2.055, 0, 3.688, 1.554, -0.253, 0, 0);

    /** Of the logit of a cross-encoder of which nothing else is known: as much as of the built-in one, on a first day. */
    private static final double MODERATE = 0.15;

    private static final double THRESHOLD_OF_WORDS = 0.054;

    /** A logit divided by less could not be computed with. */
    private static final double COLDEST = 0.001;

    private static final double HOTTEST = 10_000;

    /** While no model is there to ask: what the built-in model's file says of replies that it has not read. */
    public static final FinalScore FIRST_STAGE_ONLY = builtIn();

    /**
     * For a model directory that brings no {@code ranking.json}, or one that knows no meaning. What was read and what was
     * not are on one scale: a logit above 0 lifts a reply above what it would have unread, one below lowers it.
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

    /** By one scale alone. */
    public FinalScore(
            double temperature, double threshold, Confidence confidence, StageWeights weights, StageWeights unjudged) {
        this(temperature, threshold, confidence, weights, unjudged, new Near(weights, unjudged));
    }

    /** Of nobody's in particular. */
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

    /** The same for a network that counts for more, if this is lower, or for less. */
    public FinalScore at(double otherTemperature) {
        return new FinalScore(otherTemperature, threshold, confidence, weights, unjudged, near, said);
    }

    /** The same with other weights for what a team has been seen to choose. */
    FinalScore weighing(StageWeights otherWeights, StageWeights otherUnjudged) {
        return new FinalScore(temperature, threshold, confidence, otherWeights, otherUnjudged, near, said);
    }

    /** The same order and the same silence in other words. */
    FinalScore saying(Said otherwise, Confidence words) {
        return new FinalScore(temperature, threshold, words, weights, unjudged, near, otherwise);
    }

    /** Where no candidate has a meaning: weights, threshold and words that go together. */
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

    /** @param logit what the cross-encoder says of it; null when it was not asked */
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

    /** A probability that is neither 0 nor 1. */
    public static double believed(double probability) {
        return Math.max(DOUBT, Math.min(1 - DOUBT, probability));
    }

    public static double logOdds(double probability) {
        double believed = believed(probability);
        return Math.log(believed / (1 - believed));
    }

    /**
     * @throws UnusableModel naming the file and the field, when there is a {@code ranking.json} that cannot be used
     */
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

    /** What is missing has the usual figures of words, the rest of which is 0. */
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
     * What a model that is made of another's gets: the other's figures with its own temperature, or, where those know no
     * meaning, ones that do.
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
