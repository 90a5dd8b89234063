package io.replyloop.training.worker;

import io.replyloop.bert.training.FineTuner;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.training.RunQueue;
import io.replyloop.training.WaitingSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The worker process. The server starts it for each run, at low priority; by hand it works off the queue on any host
 * that reaches the database and the model folder, one with a GPU for instance.
 */
@Command(
        name = "train-worker",
        mixinStandardHelpOptions = true,
        description = {
            "Fine-tunes models for the training runs that a Replyloop server has queued.",
            "The database is named by the server's own environment variables: QUARKUS_DATASOURCE_JDBC_URL,"
                    + " QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the run succeeded or was cancelled, or there was none",
            "1:the run failed, or this host cannot train it",
            "2:wrong options",
            "3:the run was taken away, or the database cannot be reached"
        })
public final class TrainWorkerCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int AWAY = 3;
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    public static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
    public static final String USER = "QUARKUS_DATASOURCE_USERNAME";
    public static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";
    public static final String MODELS = "REPLYLOOP_MODEL_DIRECTORY";
    static final String DATA = "REPLYLOOP_DATA_DIR";

    static final class Mode {
        @Option(names = "--run", paramLabel = "ID", required = true, description = "Only this run, if it is queued.")
        UUID run;

        @Option(names = "--once", required = true, description = "One queued run, if there is any.")
        boolean once;

        @Option(names = "--follow", required = true, description = "Every queued run, until stopped.")
        boolean follow;
    }

    @ArgGroup(multiplicity = "1")
    private Mode mode;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "The model folder that the server uses. Default: REPLYLOOP_MODEL_DIRECTORY, or the folder"
                    + " 'models' below REPLYLOOP_DATA_DIR.")
    private Path models;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one matrix product. Default: one fewer than there are cores.")
    private Integer threads;

    @Option(names = "--name", paramLabel = "NAME", description = "How this worker is called in the queue.")
    private String name = host() + "/" + UUID.randomUUID().toString().substring(0, 8);

    @Option(names = "--poll-seconds", paramLabel = "N", description = "With --follow: pause between looks. Default: 5.")
    private int pollSeconds = 5;

    @Option(
            names = "--stand-back",
            paramLabel = "FILE",
            description = "Pause while customers wait on this machine, as the server tells in this file: "
                    + WaitingSignal.FILE + " in the folder 'training' of its data folder.")
    private Path standBack;

    @Spec
    private CommandSpec spec;

    private final PrintStream log = System.out;
    private final AtomicReference<RunQueue.Claim> current = new AtomicReference<>();

    /** For a development server, which has no jar to start the worker from. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new TrainWorkerCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        UnpooledConnections.Access address =
                new UnpooledConnections.Access(environment(URL), System.getenv(USER), System.getenv(PASSWORD));
        Path folder = modelFolder();
        Thread lastWords = new Thread(() -> handBack(address), "hand-back");
        Runtime.getRuntime().addShutdownHook(lastWords);
        try (WorkerStore store = new WorkerStore(address)) {
            return work(store, folder);
        } catch (WorkerStore.DatabaseAway away) {
            log.println(away.getMessage());
            return AWAY;
        } catch (TrainingAttempt.ModelNotHere notHere) {
            log.println(notHere.getMessage());
            return FAILED;
        }
    }

    private int work(WorkerStore store, Path folder) throws InterruptedException {
        while (true) {
            Optional<RunQueue.Claim> claim = store.claim(name, mode.run);
            int code = claim.isPresent() ? attempt(store, claim.get(), folder) : OK;
            if (!mode.follow) {
                if (claim.isEmpty()) {
                    log.println("No run is waiting");
                }
                return code;
            }
            if (claim.isEmpty()) {
                TimeUnit.SECONDS.sleep(pollSeconds);
            }
        }
    }

    private int attempt(WorkerStore store, RunQueue.Claim claim, Path folder) {
        current.set(claim);
        int usual = threads != null ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        int cores = claim.limits().cores(usual);
        try {
            TrainingAttempt.Outcome outcome = new TrainingAttempt(
                            store,
                            claim,
                            folder,
                            cores,
                            FineTuner::run,
                            RunLogStream.of(log, store, claim),
                            customers())
                    .run();
            return switch (outcome) {
                case SUCCEEDED, CANCELLED -> OK;
                case FAILED -> FAILED;
                case LEASE_LOST -> AWAY;
            };
        } catch (TrainingAttempt.ModelNotHere notHere) {
            if (mode.run != null) {
                // Started by the server, on its own folder: nobody else will find the model either.
                store.fail(claim, "model-damaged", notHere.getMessage());
            } else {
                store.handBack(claim);
            }
            throw notHere;
        } finally {
            current.set(null);
        }
    }

    private WaitingSignal customers() {
        if (standBack == null) {
            return WaitingSignal.silent();
        }
        try {
            return WaitingSignal.open(standBack);
        } catch (IOException unreadable) {
            log.printf("%s cannot be used, so this run does not stand back for customers: %s%n", standBack, unreadable);
            return WaitingSignal.silent();
        }
    }

    /** Told to stop in the middle of a run: it goes back to the queue at once and without counting as an attempt. */
    private void handBack(UnpooledConnections.Access address) {
        RunQueue.Claim claim = current.get();
        if (claim == null) {
            return;
        }
        try (WorkerStore store = new WorkerStore(address, LAST_WORDS)) {
            store.handBack(claim);
            log.printf("Stopped; run %d goes back to the queue%n", claim.number());
        } catch (RunQueue.LeaseLost | WorkerStore.DatabaseAway others) {
            log.printf("Stopped; run %d: %s%n", claim.number(), others.getMessage());
        }
    }

    private Path modelFolder() {
        Path folder = models;
        if (folder == null && System.getenv(MODELS) != null) {
            folder = Path.of(System.getenv(MODELS));
        }
        if (folder == null && System.getenv(DATA) != null) {
            folder = Path.of(System.getenv(DATA), "models");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (folder == null ? "No model folder is named" : "There is no folder " + folder)
                            + ". Name the server's with --models, " + MODELS + " or " + DATA + ".");
        }
        return folder.toAbsolutePath().normalize();
    }

    private String environment(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The environment variable " + variable + " is not set. The worker needs " + URL
                            + " and, where the database asks for them, " + USER + " and " + PASSWORD
                            + ", as the server has them.");
        }
        return value;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "worker";
        }
    }
}
