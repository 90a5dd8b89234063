package io.replyloop.bert.network;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures wall-clock time, and CPU time of the whole process including native threads. */
public final class Stopwatch {
    private final long start = System.nanoTime();
    private final long cpuStart = cpu();

    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** NaN if the JVM does not provide it. */
    public double cpuSeconds() {
        long now = cpu();
        return now < 0 ? Double.NaN : Math.max(1e-9, (now - cpuStart) / 1e9);
    }

    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }
}
