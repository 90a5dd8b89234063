package io.replyloop.training.worker;

import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.training.TrainingConfig;
import io.replyloop.training.TrainingRunView;
import io.replyloop.training.WaitingSignal;
import io.replyloop.training.WorkerLauncher;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code train-worker} as a child process of this server. Its output goes to a file, so that it can outlive the
 * server; the database's address and password go through its environment, never through its command line.
 */
final class WorkerProcess implements WorkerLauncher.Worker {
    private static final int STOP_SECONDS = 5;
    private static final int LAST_WORDS = 400;

    /** Where natives lie unpacked is decided once for the application; set as system properties, they are handed on. */
    private static final List<String> INHERITED =
            List.of("replyloop.native-dir", "ENGINE_CACHE_DIR", "DJL_CACHE_DIR", CrossEncoderOptions.ALLOW_TORCHSCRIPT);

    private final Process process;
    private final String name;
    private final Path log;

    private WorkerProcess(Process process, String name, Path log) {
        this.process = process;
        this.name = name;
        this.log = log;
    }

    static WorkerProcess start(
            TrainingRunView run, TrainingConfig settings, UnpooledConnections.Access database, Path models, Path logs)
            throws IOException {
        String name = InetAddress.getLocalHost().getHostName() + "/"
                + UUID.randomUUID().toString().substring(0, 8);
        Path log = logs.resolve("run-" + run.number() + ".log");
        List<String> command = new ArrayList<>();
        command.addAll(lowered(settings.nice()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + settings.workerHeap(),
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + logs.resolve("run-" + run.number() + "-crash-%p.log")));
        for (String property : INHERITED) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(application());
        command.addAll(List.of("--run", run.id().toString(), "--name", name));
        command.addAll(List.of("--stand-back", logs.resolve(WaitingSignal.FILE).toString()));
        settings.threads().ifPresent(threads -> command.addAll(List.of("--threads", threads.toString())));

        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put(TrainWorkerCommand.URL, database.url());
        put(environment, TrainWorkerCommand.USER, database.user());
        put(environment, TrainWorkerCommand.PASSWORD, database.password());
        environment.put(TrainWorkerCommand.MODELS, models.toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new WorkerProcess(builder.start(), name, log);
    }

    /** What the server's own environment says may be of no use here. */
    private static void put(Map<String, String> environment, String variable, String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
    }

    public String name() {
        return name;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            String text = lines.reduce((before, line) -> line.isBlank() ? before : line)
                    .orElse("nothing.");
            return text.length() > LAST_WORDS ? text.substring(0, LAST_WORDS) + " ..." : text;
        } catch (IOException unreadable) {
            return "nothing that can be read: " + unreadable.getMessage();
        }
    }

    @Override
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The commands that lower the priority of what follows, where the system has them. {@code chrt --idle}, of Linux, lets
     * whatever else wakes up go first at once; {@code nice} is for the others.
     */
    private static List<String> lowered(int level) {
        List<String> command = new ArrayList<>();
        if (level > 0) {
            for (List<String> means :
                    List.of(List.of("nice", "-n", Integer.toString(level)), List.of("chrt", "--idle", "0"))) {
                if (works(means)) {
                    command.addAll(means);
                }
            }
        }
        return command;
    }

    /** Tried out, because a container may refuse what it has; the worker would not start at all. */
    private static boolean works(List<String> means) {
        List<String> trial = new ArrayList<>(means);
        trial.add("true");
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The same application: its jar, or in development and tests the class path that it runs on. */
    private static List<String> application() throws IOException {
        String classPath = System.getProperty("java.class.path");
        boolean oneJar = !classPath.contains(File.pathSeparator);
        if (oneJar && classPath.endsWith("quarkus-run.jar")) {
            return List.of("-jar", Path.of(classPath).toAbsolutePath().toString(), "train-worker");
        }
        if (oneJar) {
            classPath = visibleJars();
        }
        return List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath,
                TrainWorkerCommand.class.getName());
    }

    /** In development mode the class path is hidden in class loaders, but every jar shows its manifest. */
    private static String visibleJars() throws IOException {
        Set<String> entries = new LinkedHashSet<>();
        try {
            entries.add(Path.of(TrainWorkerCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
            for (URL manifest : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                if (manifest.openConnection() instanceof JarURLConnection jar) {
                    entries.add(Path.of(jar.getJarFileURL().toURI()).toString());
                }
            }
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
        return String.join(File.pathSeparator, entries);
    }
}
