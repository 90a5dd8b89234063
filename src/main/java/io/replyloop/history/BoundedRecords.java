package io.replyloop.history;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** A table whose records may go over many lines, but not on for ever: the parser holds a record, with an object for each cell. */
final class BoundedRecords extends FilterReader {
    /** Characters of one record. */
    static final int LONGEST = 1_000_000;

    /** The parser reads ahead; no more than this, so that what it holds is bounded, too. */
    private static final int AT_ONCE = 4_096;

    private long left = LONGEST;

    BoundedRecords(Reader table) {
        super(table);
    }

    void nextRecord() {
        left = LONGEST;
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
            throw new Problem(
                    ProblemCode.IMPORT_INVALID,
                    "A row of the table has more than 1,000,000 characters, or a quote in it is never closed. Export the"
                            + " table again, or take out that row.");
        }
    }
}
