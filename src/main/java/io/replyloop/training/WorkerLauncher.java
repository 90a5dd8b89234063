package io.replyloop.training;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Starts the processes that training runs are worked off in; what they do is not this package's business. */
public interface WorkerLauncher {
    /**
     * @param models folder that the worker shares with this server
     * @param logs folder for the file that its output goes to
     */
    Worker launch(TrainingRunView run, Path models, Path logs) throws IOException, SQLException;

    /** A process that has been started for a run. */
    interface Worker {
        /** How it is called in the queue. */
        String name();

        ProcessHandle handle();

        Path log();

        boolean isAlive();

        /** The end of its log, in one line. */
        String lastWords();

        /** Lets it hand its run back; ends it the hard way when it does not. */
        void stop();
    }
}
