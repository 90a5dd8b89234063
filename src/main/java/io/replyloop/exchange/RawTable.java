package io.replyloop.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The content of a file, before its columns are interpreted.
 *
 * @param columns the names as they are in the file; empty names for a table without a header
 * @param separator of cells; null if the format has none
 * @param header whether the first line contains the names
 * @param headerCertain false if this was a guess
 * @param headerLine the line with the names, or the first one
 * @param broken why the file could not be read to its end; null if it could
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
     * A line that is not empty.
     *
     * @param number of the line in the file at which it begins, from 1
     * @param cells one for each column; missing ones at the end have no value
     * @param error what is wrong with the line itself; null if nothing is
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
