package io.replyloop.platform;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Gives up beyond a number of bytes: a few that are packed can unpack to any number of them. */
public final class LimitedInputStream extends FilterInputStream {
    private final Supplier<? extends RuntimeException> tooLarge;
    private long left;

    /**
     * @param most bytes that may be read or skipped
     * @param tooLarge thrown with the first byte beyond
     */
    public LimitedInputStream(InputStream in, long most, Supplier<? extends RuntimeException> tooLarge) {
        super(in);
        this.tooLarge = tooLarge;
        left = most;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    /** From here on, so many may be read or skipped. */
    public void limit(long most) {
        left = most;
    }

    private void count(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw tooLarge.get();
        }
    }
}
