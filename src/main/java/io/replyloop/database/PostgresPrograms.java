package io.replyloop.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs PostgreSQL's programs as this machine requires; each has its own log. */
final class PostgresPrograms {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Path binaries;
    private final Path folder;

    /** @param folder for the logs */
    PostgresPrograms(Path binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
    }

    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    int run(List<String> command, String name) throws IOException {
        Process process = process(command(command), name).start();
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted during " + name, interrupted);
        }
    }

    /** Starts it in a separate session, or Ctrl-C in the terminal would stop it before the application has finished. */
    Process start(List<String> command, String name) throws IOException {
        List<String> line = command(command);
        if (Files.isExecutable(SETSID)) {
            line.add(0, SETSID.toString());
        }
        return process(line, name).start();
    }

    private ProcessBuilder process(List<String> line, String name) {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        return builder;
    }

    /**
     * PostgreSQL refuses to run as root. In a separate user namespace the process is 'nobody', and so is the owner of
     * root's files, which satisfies all of its checks.
     */
    private List<String> command(List<String> line) {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(line.get(0)).toString());
        command.addAll(line.subList(1, line.size()));
        return command;
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
