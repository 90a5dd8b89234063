package io.replyloop.training;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.model.ModelRegistry;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps one worker process going while runs are queued: a separate JVM at low priority, so that training can neither
 * slow the chat nor take it down. The process outlives a server that is killed and finishes its run; a server that is
 * stopped in good order stops it, and the run goes back to the queue.
 */
@ApplicationScoped
public class TrainingWorkers {
    private static final Logger LOG = Logger.getLogger(TrainingWorkers.class);
    private static final int STARTS = 3;

    private final TrainingService training;
    private final TrainingConfig config;
    private final WorkerLauncher launcher;
    private final ModelRegistry models;
    private final Path logs;

    /** How often a process was started for a run and an attempt without claiming it. */
    private final Map<String, Integer> starts = new HashMap<>();

    private WorkerLauncher.Worker worker;
    private boolean failing;

    public TrainingWorkers(
            TrainingService training,
            TrainingConfig config,
            WorkerLauncher launcher,
            ModelRegistry models,
            ApplicationFolder files) {
        this.launcher = launcher;
        this.training = training;
        this.config = config;
        this.models = models;
        this.logs = files.folder("training");
    }

    /** Looks at the queue; called every two seconds, and at once when something was queued. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public synchronized void wake() {
        try {
            look();
            failing = false;
        } catch (IOException | SQLException | RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                if (!failing) {
                    LOG.warnf("The database is away; the training queue waits for it: %s", failure.getMessage());
                }
            } else if (!failing) {
                LOG.error(
                        "The training queue cannot be worked off, and will be tried again every two seconds", failure);
            }
            failing = true;
        }
    }

    private void look() throws IOException, SQLException {
        if (worker != null && worker.isAlive()) {
            training.giveUpDeadWorkers(null);
            return;
        }
        training.giveUpDeadWorkers(worker == null ? null : worker.name());
        Optional<TrainingRunView> queued = training.nextQueued();
        if (queued.isEmpty() || !config.localWorker()) {
            worker = null;
            starts.clear();
            return;
        }
        TrainingRunView run = queued.get();
        if (starts.merge(run.id() + "/" + run.attempt(), 1, Integer::sum) > STARTS) {
            training.failUnstarted(run.id(), worker == null ? "nothing." : worker.lastWords());
            LOG.errorf("No worker could be started for training run %d; see %s", (Object) run.number(), logs);
            return;
        }
        worker = launcher.launch(run, models.folder(), logs);
        LOG.infof("Training run %d goes to %s", run.number(), worker.name());
    }

    /** The process that works for this node, or null. */
    public synchronized WorkerLauncher.Worker worker() {
        return worker;
    }

    public synchronized void atEnd(@Observes ShutdownEvent end) {
        if (worker != null) {
            worker.stop();
        }
    }
}
