package io.replyloop.training;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Sixteen bytes of memory that a server and the worker on the same machine share through a file: until when customers
 * wait, told by the server, and for how long workers have stood back because of that. To read them takes no call of the
 * system, so a worker can look between any two batches; and unlike a pipe, the file is still there for a worker that has
 * outlived its server, and for the next server.
 *
 * <p>A server that dies leaves a time that passes, so nobody stands back for it.
 */
public final class WaitingSignal {
    public static final String FILE = "customers-waiting";

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int UNTIL = 0;
    private static final int STOOD_BACK = Long.BYTES;
    private static final int SIZE = 2 * Long.BYTES;

    /** What says that customers wait for longer was written by a clock that has been set back since. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private final ByteBuffer memory;

    private WaitingSignal(ByteBuffer memory) {
        this.memory = memory;
    }

    /** A signal that nobody gives. */
    public static WaitingSignal silent() {
        return new WaitingSignal(ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder()));
    }

    /** Makes the file where there is none. */
    public static WaitingSignal open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < SIZE) {
                // A mapped file with a hole ends the process when the disk is full.
                channel.write(ByteBuffer.allocate(SIZE), 0);
            }
            return new WaitingSignal(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
        }
    }

    /** Customers wait from now on, for that long if nothing is said again. */
    public void waitFor(Duration time) {
        LONG.setVolatile(memory, UNTIL, System.currentTimeMillis() + time.toMillis());
    }

    public boolean customersWait() {
        long left = (long) LONG.getVolatile(memory, UNTIL) - System.currentTimeMillis();
        return left > 0 && left <= LONGEST.toMillis();
    }

    public void stoodBack(Duration time) {
        LONG.getAndAdd(memory, STOOD_BACK, time.toNanos());
    }

    /** For how long workers on this machine have stood back, since there is the file. */
    public Duration stoodBack() {
        return Duration.ofNanos((long) LONG.getVolatile(memory, STOOD_BACK));
    }
}
