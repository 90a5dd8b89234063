package io.replyloop.platform;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Supplier;

/** A table whose records may go over many lines, but not on for ever: the parser holds a record, with an object for each cell. */
public final class BoundedRecords extends FilterReader {
    /** The parser reads ahead; no more than this, so that what it holds is bounded, too. */
    private static final int AT_ONCE = 4_096;

    private final long longest;
    private final Supplier<? extends RuntimeException> tooLong;
    private long left;

    /**
     * @param longest characters of one record
     * @param tooLong thrown with the first character beyond
     */
    public BoundedRecords(Reader table, long longest, Supplier<? extends RuntimeException> tooLong) {
        super(table);
        this.longest = longest;
        this.tooLong = tooLong;
        left = longest;
    }

    public void nextRecord() {
        left = longest;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        use(character < 0 ? 0 : 1);
        return character;
    }

    @Override
    public int read(char[] buffer, int from, int most) throws IOException {
        int count = super.read(buffer, from, Math.min(most, AT_ONCE));
        use(Math.max(0, count));
        return count;
    }

    private void use(int characters) {
        left -= characters;
        if (left < 0) {
            throw tooLong.get();
        }
    }
}
