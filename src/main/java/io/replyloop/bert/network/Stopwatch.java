package io.replyloop.bert.network;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Time by the clock, and processor time of the whole process with its native threads. */
public final class Stopwatch {
    private final long start = System.nanoTime();
    private final long cpuStart = cpu();

    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** NaN where the JVM does not tell. */
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
