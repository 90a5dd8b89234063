package io.replyloop.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelSummary;
import io.replyloop.platform.Problem;
import io.replyloop.platform.Version;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes what there is to know about a model as a model card (Mitchell et al., 2019) in Markdown, as model hubs show it:
 * where it comes from, what it learned, how it did, and what it is not for.
 */
@ApplicationScoped
@Transactional
public class ModelCards {
    private static final Logger LOG = Logger.getLogger(ModelCards.class);
    private static final long LONGEST_CARD = 1 << 20;

    private static final Map<String, String> FIGURES = Map.of(
            "worth", "usefulness: 1 for the first place on the screen, 1/2 for the second, 1/3 for the third",
            "acceptAt1", "the right reply comes first",
            "acceptAt3", "the right reply is among the three",
            "silent", "nothing is suggested",
            "mrr", "one divided by the place of the right reply among all",
            "calibration", "error of the stated probability (ECE)",
            "millis", "milliseconds for a question");

    private final ModelRegistry models;
    private final DatasetService datasets;

    ModelCards(ModelRegistry models, DatasetService datasets) {
        this.models = models;
        this.datasets = datasets;
    }

    public String card(UUID id) {
        List<ModelSummary> all = models.versions();
        ModelSummary model = all.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("model"));
        Optional<String> theirs = theirs(model);
        if (theirs.isPresent()) {
            return theirs.get();
        }
        StringBuilder card = new StringBuilder("""
                ---
                library_name: transformers
                pipeline_tag: text-classification
                tags:
                - text-ranking
                - customer-service
                ---

                """);
        card.append(String.format(Locale.ROOT, "# Replyloop model %d%n%n", model.number()));
        card.append(
                "Scores how well a reply of a knowledge base answers a customer's question: pairs of question and reply,"
                        + " one logit or two classes each. Turns before the question are lines beginning with `- ` (customer) or"
                        + " `> ` (team). `ranking.json` holds how Replyloop weighs the logit beside other evidence.\n\n");
        addLineage(card, model, all);
        Optional<TrainingRun> run =
                TrainingRun.<TrainingRun>find("resultModelId", id).firstResultOptional();
        run.ifPresent(one -> addTraining(card, one));
        addFigures(card, run.map(one -> one.metrics).orElse(model.metrics()));
        addLimits(card, model);
        card.append(String.format(
                Locale.ROOT,
                "%nWritten by Replyloop %s on %s.%n",
                Version.current(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        return card.toString().replace("\r\n", "\n");
    }

    /** The card that came with an uploaded model; anything else is described by ours. */
    private Optional<String> theirs(ModelSummary model) {
        if (model.uploadedFile() == null || model.filesRemovedAt() != null) {
            return Optional.empty();
        }
        Path card = models.get(model.id()).directory().resolve("README.md");
        try {
            return Files.isRegularFile(card) && Files.size(card) <= LONGEST_CARD
                    ? Optional.of(Files.readString(card))
                    : Optional.empty();
        } catch (IOException unreadable) {
            LOG.warnf("The card of model %d cannot be read: %s", (Object) model.number(), unreadable);
            return Optional.empty();
        }
    }

    private static void addLineage(StringBuilder card, ModelSummary model, List<ModelSummary> all) {
        Map<Long, ModelSummary> byNumber = new HashMap<>();
        all.forEach(one -> byNumber.put(one.number(), one));
        List<String> lineage = new ArrayList<>();
        for (ModelSummary one = model; one != null; one = byNumber.get(one.parent())) {
            lineage.add(String.format(
                    Locale.ROOT,
                    "model %d (%s, %s)",
                    one.number(),
                    one.origin(),
                    one.createdAt().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10)));
        }
        if (model.uploadedFile() != null) {
            lineage.set(
                    0,
                    lineage.get(0) + ", uploaded from `" + model.uploadedFile().replace("`", "'") + "`, SHA-256 `"
                            + model.archiveSha256() + "`");
        }
        card.append("## Lineage\n\n").append(String.join(" ← ", lineage)).append("\n\n");
    }

    private void addTraining(StringBuilder card, TrainingRun run) {
        DatasetVersionView snapshot = datasets.version(run.datasetId);
        card.append("## Training\n\n| | |\n|---|---|\n");
        row(card, "run", Long.toString(run.number));
        row(card, "finished", String.valueOf(run.finishedAt));
        row(
                card,
                "snapshot",
                snapshot.number()
                        + (snapshot.contentHash() == null ? "" : ", SHA-256 `" + snapshot.contentHash() + "`"));
        row(card, "examples to learn from", Integer.toString(snapshot.train()));
        long ofHistory = imported(run, "ofHistory");
        long ofFiles = imported(run, "ofFiles");
        if (ofHistory > 0) {
            row(card, "of these from imported history", share(ofHistory, snapshot.train()));
        }
        if (ofFiles > 0) {
            row(card, "of these from imported files", share(ofFiles, snapshot.train()));
        }
        row(card, "to tell when to stop", Integer.toString(snapshot.dev()));
        row(card, "to measure with", Integer.toString(snapshot.test()));
        row(card, "steps", Integer.toString(run.steps));
        row(
                card,
                "settings that differ from the defaults",
                run.options == null || run.options.isEmpty() ? "none" : "`" + run.options + "`");
        card.append(
                "\nThe examples are agents' decisions on suggestions, with personal data masked. A conversation is in one"
                        + " part only; the part that measures taught nothing.\n\n");
        if (ofHistory > 0) {
            card.append(
                    "Imported history is what agents answered before this installation: nobody decided on suggestions there, and"
                            + " what does not fit was drawn from other answers. It only teaches; it measures nothing.\n\n");
        }
    }

    /** Zero where nobody counted, in runs of older versions. */
    private static long imported(TrainingRun run, String what) {
        return run.trainedOn == null ? 0 : run.trainedOn.path(what).asLong();
    }

    private static String share(long some, long all) {
        return String.format(Locale.ROOT, "%d (%d %%)", some, Math.round(100.0 * some / Math.max(1, all)));
    }

    private static void addFigures(StringBuilder card, JsonNode metrics) {
        String verdict = metrics.at("/verdictText/en").asText();
        JsonNode figures = metrics.at("/gate/figures");
        if (verdict.isEmpty() && figures.isEmpty()) {
            return;
        }
        card.append("## Evaluation\n\n");
        if (!verdict.isEmpty()) {
            card.append(verdict).append("\n\n");
        }
        if (!figures.isEmpty()) {
            boolean isEnough = !"too-little-data".equals(metrics.path("verdict").asText());
            card.append("| figure | model before | this model | 95 % of the difference |\n|---|---|---|---|\n");
            for (JsonNode figure : figures) {
                String name = figure.path("name").asText();
                card.append(String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %.3f | %s |%n",
                        FIGURES.containsKey(name) ? FIGURES.get(name) + " (`" + name + "`)" : name,
                        figure.path("champion").asDouble(),
                        figure.path("challenger").asDouble(),
                        range(figure, isEnough)));
            }
            card.append('\n');
        }
    }

    private static String range(JsonNode figure, boolean isEnough) {
        if (!figure.has("low")) {
            return "";
        }
        return isEnough
                ? String.format(
                        Locale.ROOT,
                        "%+.3f to %+.3f",
                        figure.path("low").asDouble(),
                        figure.path("high").asDouble())
                : "too few to tell";
    }

    private static void addLimits(StringBuilder card, ModelSummary model) {
        card.append(
                "## Limits\n\n"
                        + "- It ranks replies that a team has written and writes none. An agent decides what is sent.\n"
                        + "- It knows one team's replies and customers; elsewhere it has to be trained again.\n"
                        + "- Its scores are calibrated together with the other evidence of `ranking.json`, not by themselves.\n");
        if (model.learnedFromErased()) {
            card.append(
                    "- **It, or a version that it was made from, has learned from customers who were erased since.**\n");
        }
    }

    private static void row(StringBuilder card, String name, String value) {
        card.append("| ")
                .append(name)
                .append(" | ")
                .append(value.replace("|", "\\|"))
                .append(" |\n");
    }
}
