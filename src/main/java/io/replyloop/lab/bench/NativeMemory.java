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
 * The resident memory of this process outside the Java heap: allocations of native libraries, their code, and the JVM
 * itself. The heap grows up to its limit whenever that is cheaper than collecting, which would look like a leak and hide a
 * real one. Its committed size cannot be subtracted either, since much of it may never have been touched. So all mappings
 * are counted except those of the heap.
 *
 * <p>Memory that libraries have freed but the allocator keeps is not counted: batches of varying shapes fragment it, which
 * looks like growth for a thousand steps. JVMs that can (17.0.9 or later, with glibc) return it before each sample.
 */
final class NativeMemory {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern RANGE = Pattern.compile("\\[0x([0-9a-f]+),.*?0x([0-9a-f]+)\\)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss: +([0-9]+) kB");

    private final long heapFrom;
    private final long heapTo;

    NativeMemory() {
        // No API returns the address range of the heap, but most collectors print it in their description.
        Matcher ranges = RANGE.matcher(diagnose("gcHeapInfo"));
        long from = Long.MAX_VALUE;
        long to = 0;
        while (ranges.find()) {
            from = Math.min(from, address(ranges.group(1)));
            to = Math.max(to, address(ranges.group(2)));
        }
        if (to == 0 || !Files.isReadable(MAPPINGS)) {
            throw new IllegalArgumentException("Memory outside the Java heap can be measured on Linux only, and with a"
                    + " collector that prints the address range of its heap, such as -XX:+UseSerialGC.");
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

    /** The output of a {@code jcmd} command; empty if the JVM does not have it. */
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
