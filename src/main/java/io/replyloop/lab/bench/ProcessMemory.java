package io.replyloop.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of the whole process, including native memory; -1 except on Linux. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    static long peakMiB() {
        return kilobytes("VmHWM:") / 1024;
    }

    static long residentMiB() {
        return kilobytes("VmRSS:") / 1024;
    }

    private static long kilobytes(String field) {
        if (!Files.isReadable(STATUS)) {
            return -1024;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(-1024);
        } catch (IOException e) {
            return -1024;
        }
    }
}
