package io.replyloop.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks for a lock, or holds one, as another process would. */
final class AnotherProcess {
    private AnotherProcess() {}

    /** With a second argument, the lock is held until the input ends. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        if (arguments.length == 1) {
            System.out.println(IncomingLock.isLeft(directory) ? "left" : "alive");
            return;
        }
        IncomingLock lock = IncomingLock.of(directory);
        System.out.println("held");
        System.in.readAllBytes();
        lock.close();
    }

    static String finds(Path incoming) throws IOException {
        Process other = start(incoming.toString());
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** The process holds the lock as long as its input is open. */
    static Process holds(Path incoming) throws IOException {
        Process other = start(incoming.toString(), "hold");
        String said = other.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"held".equals(said)) {
            other.destroyForcibly();
            throw new IOException("the other process says " + said);
        }
        return other;
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "classes")
                                + System.getProperty("path.separator")
                                + Path.of("target", "test-classes"),
                        AnotherProcess.class.getName())
                .redirectErrorStream(true);
        other.command().addAll(List.of(arguments));
        // Where they are set, the first thing that the process says is that it has picked them up.
        other.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        return other.start();
    }
}
