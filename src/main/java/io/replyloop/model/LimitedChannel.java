package io.replyloop.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Supplier;

/** A file of which a reader gets no more than so many bytes, wherever it reads them, until that is lifted. */
final class LimitedChannel implements SeekableByteChannel {
    private final SeekableByteChannel channel;
    private final Supplier<? extends RuntimeException> beyond;
    private long left;

    LimitedChannel(SeekableByteChannel channel, long most, Supplier<? extends RuntimeException> beyond) {
        this.channel = channel;
        this.beyond = beyond;
        left = most;
    }

    void unlimited() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int read = channel.read(buffer);
        left -= Math.max(0, read);
        if (left < 0) {
            throw beyond.get();
        }
        return read;
    }

    @Override
    public int write(ByteBuffer buffer) {
        throw new UnsupportedOperationException("It is only read");
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("It is only read");
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
