package io.replyloop.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a file says, before anybody has asked what its columns mean.
 *
 * @param columns the names, as they stand there; of a table without a header, empty names
 * @param separator between cells; null when the format has none
 * @param header whether the first line has the names
 * @param headerCertain false when that could only be guessed
 * @param headerLine the line of the names, or the first one
 * @param broken why the file could not be read to its end; null when it could
 */
record RawTable(
        List<String> columns,
        Character separator,
        boolean header,
        boolean headerCertain,
        int headerLine,
        List<Row> rows,
        ImportedFile.Line broken) {
    static final int MOST_COLUMNS = 1000;

    /**
     * One line that says something.
     *
     * @param number where it begins in the file, from 1
     * @param cells one for each column; missing ones at the end say nothing
     * @param error what is wrong with the line as such; null when nothing is
     */
    record Row(int number, List<JsonNode> cells, Reason error) {
        JsonNode cell(Integer column) {
            return column == null || column >= cells.size() ? null : cells.get(column);
        }
    }

    static RawTable broken(int line, Reason reason) {
        return new RawTable(List.of(), null, true, true, line, List.of(), ImportedFile.Line.bad(line, reason));
    }
}
