package io.replyloop.lab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What of this process lies in memory without being Java's heap: what libraries have allocated, their code, and what the
 * JVM needs for itself. The heap takes new pages for as long as its collector finds that easier than to collect, up to
 * its limit; counted in, that looks like a leak and hides a real one. Its size says nothing about its pages either, since
 * it may have far more committed than it has touched. So each mapping is counted but those where the heap lies.
 *
 * <p>Nor is what libraries have freed and the allocator keeps for the next time: batches of ever other shapes leave holes
 * of ever other sizes, which for a thousand steps looks like growth, too. Where the JVM can (17.0.9 or later, with
 * glibc), it gives that back before each look.
 */
final class NativeMemory {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern RANGE = Pattern.compile("\\[0x([0-9a-f]+),.*?0x([0-9a-f]+)\\)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss: +([0-9]+) kB");

    private final long heapFrom;
    private final long heapTo;

    NativeMemory() {
        // No interface tells where the heap lies, but most collectors do so when asked to describe it.
        Matcher ranges = RANGE.matcher(diagnose("gcHeapInfo"));
        long from = Long.MAX_VALUE;
        long to = 0;
        while (ranges.find()) {
            from = Math.min(from, address(ranges.group(1)));
            to = Math.max(to, address(ranges.group(2)));
        }
        if (to == 0 || !Files.isReadable(MAPPINGS)) {
            throw new IllegalArgumentException("What is not Java's heap can be told on Linux only, and with a collector"
                    + " that says where its heap lies, such as -XX:+UseSerialGC.");
        }
        heapFrom = from;
        heapTo = to;
    }

    long residentMiB() {
        diagnose("systemTrimNativeHeap");
        long kilobytes = 0;
        boolean ofHeap = false;
        try {
            for (String line : Files.readAllLines(MAPPINGS)) {
                Matcher mapping = MAPPING.matcher(line);
                Matcher resident = RESIDENT.matcher(line);
                if (mapping.matches()) {
                    ofHeap = address(mapping.group(1)) < heapTo && address(mapping.group(2)) > heapFrom;
                } else if (!ofHeap && resident.matches()) {
                    kilobytes += Long.parseLong(resident.group(1));
                }
            }
        } catch (IOException failure) {
            throw new IllegalStateException("Cannot read " + MAPPINGS, failure);
        }
        return kilobytes / 1024;
    }

    /** What the JVM answers to a command as of {@code jcmd}; nothing when it has no such command. */
    private static String diagnose(String command) {
        try {
            ObjectName diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
            return (String) ManagementFactory.getPlatformMBeanServer().invoke(diagnostics, command, null, null);
        } catch (JMException otherJvm) {
            return "";
        }
    }

    private static long address(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }
}
