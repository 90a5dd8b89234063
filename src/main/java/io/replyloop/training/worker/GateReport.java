package io.replyloop.training.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.model.ModelRows;
import io.replyloop.platform.Json;
import io.replyloop.ranking.Scored;
import io.replyloop.training.FlippedCase;
import io.replyloop.training.worker.Gate.Compared;
import io.replyloop.training.worker.Gate.Figure;
import io.replyloop.training.worker.Gate.Seen;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is kept of a {@link Gate} and of the models on both of its sides, as JSON. */
final class GateReport {
    /** More than anybody reads of each kind. */
    private static final int MOST_FLIPPED = 25;

    private GateReport() {}

    static ObjectNode ofRun(ModelRows.Model champion, Measured before, Measured after, Gate gate, Verdict verdict) {
        ObjectNode metrics = Json.MAPPER.createObjectNode();
        metrics.put("championNumber", champion.number())
                .put("championId", champion.id().toString());
        metrics.set("champion", before.metrics());
        metrics.set("challenger", after.metrics());
        metrics.set("gate", json(gate));
        return say(verdict, metrics);
    }

    /** Of two models that there were: the same, with the number of the one that is not called new. */
    static ObjectNode ofMeasurement(
            ModelRows.Model against,
            ModelRows.Model model,
            Measured before,
            Measured after,
            Gate gate,
            Verdict verdict) {
        return ofRun(against, before, after, gate, verdict)
                .put("challengerNumber", model.number())
                .put("challengerId", model.id().toString());
    }

    static ObjectNode ofModel(int trainedOn, Measured after, Gate gate, Verdict verdict) {
        ObjectNode metrics = after.metrics();
        metrics.put("temperature", after.chosen().temperature());
        metrics.put("trainedOn", trainedOn).put("measuredOn", gate.questions());
        return say(verdict, metrics);
    }

    private static ObjectNode say(Verdict verdict, ObjectNode metrics) {
        metrics.put("verdict", verdict.code().wireName());
        metrics.putObject("verdictText").put("en", verdict.english()).put("zh", verdict.chinese());
        return metrics;
    }

    static ObjectNode json(Gate gate) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("questions", gate.questions()).put("conversations", gate.conversations());
        json.put("questionsNeeded", Gate.FEWEST_QUESTIONS).put("conversationsNeeded", Gate.FEWEST_CONVERSATIONS);
        json.put("sliceQuestionsNeeded", Gate.FEWEST_OF_SLICE)
                .put("sliceConversationsNeeded", Gate.FEWEST_CONVERSATIONS_OF_SLICE);
        ArrayNode figures = json.putArray("figures");
        gate.figures().forEach((name, figure) -> add(figures.addObject().put("name", name), figure));
        if (gate.questions() > 0) {
            figures.addObject()
                    .put("name", "calibration")
                    .put("champion", gate.calibrationError(Compared::champion))
                    .put("challenger", gate.calibrationError(Compared::challenger));
            figures.addObject()
                    .put("name", "millis")
                    .put("champion", gate.championMillis())
                    .put("challenger", gate.challengerMillis());
        }
        ArrayNode slices = json.putArray("slices");
        for (Gate.Slice slice : gate.slices()) {
            ObjectNode one = slices.addObject()
                    .put("by", slice.by())
                    .put("value", slice.value())
                    .put("questions", slice.questions())
                    .put("conversations", slice.conversations())
                    .put("state", slice.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            add(one, slice.worth());
        }
        json.putObject("flipped")
                .put("better", flipped(gate, true).count())
                .put("worse", flipped(gate, false).count());
        return json;
    }

    private static void add(ObjectNode json, Figure figure) {
        json.put("champion", figure.champion())
                .put("challenger", figure.challenger())
                .put("difference", figure.difference().difference())
                .put("low", figure.difference().low())
                .put("high", figure.difference().high());
    }

    /** The largest differences of each kind, the worse ones first: those are what a promotion would cost. */
    static List<FlippedCase> flipped(Gate gate) {
        return Stream.concat(
                        flipped(gate, false).limit(MOST_FLIPPED),
                        flipped(gate, true).limit(MOST_FLIPPED))
                .map(GateReport::flipped)
                .toList();
    }

    private static Stream<Compared> flipped(Gate gate, boolean better) {
        return gate.compared().stream()
                .filter(one -> better ? one.gain() > 0 : one.gain() < 0)
                .sorted(Comparator.comparingDouble(one -> -Math.abs(one.gain())));
    }

    private static FlippedCase flipped(Compared one) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        one.question().candidates().stream()
                .filter(candidate -> candidate.reply().equals(one.question().right()))
                .findFirst()
                .ifPresent(right -> content.putObject("right")
                        .put("reply", right.reply().toString())
                        .put("title", right.title())
                        .put("text", right.text()));
        content.set("champion", shown(one, one.champion()));
        content.set("challenger", shown(one, one.challenger()));
        return new FlippedCase(
                one.conversation(),
                one.question().impression(),
                one.gain() > 0,
                one.question().query(),
                content);
    }

    private static ArrayNode shown(Compared one, Seen seen) {
        ArrayNode shown = Json.MAPPER.createArrayNode();
        for (Scored scored : seen.shown()) {
            shown.addObject()
                    .put("title", scored.candidate().title())
                    .put("text", scored.candidate().text())
                    .put("probability", scored.probability())
                    .put(
                            "right",
                            scored.candidate().reply().equals(one.question().right()));
        }
        return shown;
    }
}
