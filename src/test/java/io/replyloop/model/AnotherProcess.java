package io.replyloop.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks for a lock as another process would. */
final class AnotherProcess {
    private AnotherProcess() {}

    public static void main(String[] directory) throws IOException {
        System.out.println(IncomingLock.isLeft(Path.of(directory[0])) ? "left" : "alive");
    }

    static String finds(Path incoming) throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "classes")
                                + System.getProperty("path.separator")
                                + Path.of("target", "test-classes"),
                        AnotherProcess.class.getName(),
                        incoming.toString())
                .redirectErrorStream(true)
                .start();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
