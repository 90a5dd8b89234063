package io.replyloop.training.worker;

import io.replyloop.bert.checkpoint.CheckpointInfo;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.OwnScore;
import io.replyloop.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A training run with the recipe of every run, from a directory into another, without queue and database; for measuring.
 */
public final class DirectoryRun {
    private DirectoryRun() {}

    /**
     * @param train those to learn from
     * @param heldOut those that choose the weights and the temperature
     * @param decided by the team on what the model of the first directory ranked, without what is held out
     * @param out does not exist yet
     */
    public static void run(
            Path base,
            List<TrainingExample> train,
            List<HeldOut> heldOut,
            List<List<OwnScore.Candidate>> decided,
            Path out,
            int threads,
            TrainingListener listener)
            throws IOException {
        FinalScore score = OwnScore.forAnotherNetwork(FinalScore.of(base), decided);
        CheckpointInfo network;
        Evaluation before;
        try (CrossEncoder model = TrainingAttempt.open(base, threads)) {
            network = model.info();
            double[] logits = Evaluation.logits(model, heldOut, () -> {});
            before = new Evaluation(heldOut, logits, score);
        }
        FineTuningOptions options = TrainingOptions.DEFAULTS.forData(train.size(), network, threads);
        List<TrainingExample> dev = HeldOut.labelled(heldOut);
        FineTuner.run(base, TrainingAttempt.asLearned(train, network), dev, out, options, listener);
        try (CrossEncoder model = TrainingAttempt.open(out, threads)) {
            Evaluation after = new Evaluation(heldOut, Evaluation.logits(model, heldOut, () -> {}), score);
            Files.writeString(
                    out.resolve(FinalScore.FILE),
                    FinalScore.handedOn(score.json(), NetworkWeight.temperature(before, after))
                            .toPrettyString());
        }
    }
}
