package io.replyloop.training.worker;

import io.replyloop.database.UnpooledConnections;
import io.replyloop.training.TrainingConfig;
import io.replyloop.training.TrainingRunView;
import io.replyloop.training.WorkerLauncher;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Starts workers beside this server, on the same machine. */
@ApplicationScoped
class LocalWorkers implements WorkerLauncher {
    private final TrainingConfig config;
    private final UnpooledConnections database;

    LocalWorkers(TrainingConfig config, UnpooledConnections database) {
        this.config = config;
        this.database = database;
    }

    @Override
    public Worker launch(TrainingRunView run, Path models, Path logs) throws IOException, SQLException {
        return WorkerProcess.start(run, config, database.access(), models, logs);
    }
}
