package io.replyloop.bert;

import java.lang.management.ManagementFactory;

/** Time by the clock, and processor time of the whole process with its native threads. */
final class Stopwatch {
    private final long start = System.nanoTime();
    private final long cpuStart = cpu();

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** NaN where the JVM does not tell. */
    double cpuSeconds() {
        long now = cpu();
        return now < 0 ? Double.NaN : Math.max(1e-9, (now - cpuStart) / 1e9);
    }

    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }
}
