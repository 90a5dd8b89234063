package io.replyloop.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Detects the separator of cells: the character for which most of the first lines have as many cells as the first one.
 */
final class SeparatorGuess {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int LINES = 50;

    private SeparatorGuess() {}

    static char of(String text) {
        char best = ',';
        int most = 0;
        for (char candidate : CANDIDATES) {
            int alike = alike(text, candidate);
            if (alike > most) {
                best = candidate;
                most = alike;
            }
        }
        return best;
    }

    /** The number of cells in the first line counts a little, for files with a single line. */
    private static int alike(String text, char separator) {
        int first = 0;
        int alike = 0;
        int seen = 0;
        try (CSVParser parser = CsvLines.parser(text, separator)) {
            Iterator<CSVRecord> records = parser.iterator();
            while (seen < LINES && records.hasNext()) {
                CSVRecord cells = records.next();
                if (first == 0 && cells.size() == 1 && Columns.isBlank(cells.get(0))) {
                    continue;
                }
                first = first == 0 ? cells.size() : first;
                alike += cells.size() == first ? 1 : 0;
                seen++;
            }
        } catch (UncheckedIOException | IOException unclosed) {
            // Only what was read so far counts; the error is reported when the file is read.
            return first < 2 ? 0 : alike * 100 + Math.min(first, 99);
        }
        return first < 2 ? 0 : alike * 100 + Math.min(first, 99);
    }
}
