package io.replyloop.privacy;

import io.replyloop.platform.DatabaseAway;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that keeps texts for learning. Each room offers its own; it has a column {@code masked_by}, which says by which
 * rules its texts were masked: older ones may have left personal data in them.
 */
public abstract class StoredTexts {
    private final String table;
    private final List<String> columns;

    protected StoredTexts(String table, String... columns) {
        this.table = table;
        this.columns = List.of(columns);
    }

    /**
     * Told before the masked texts of a row are written, which may turn out to be those of another row.
     *
     * @param texts in the order of the columns; null where there is none
     * @return false to remove the row
     */
    protected boolean keep(Connection database, Object id, List<String> texts) throws SQLException {
        return true;
    }

    String table() {
        return table;
    }

    /** A row that was masked by older rules, or never. */
    record Row(int maskedBy, Object id, List<String> texts) {}

    /**
     * @param last where the next part begins, null at the end of the table
     * @param masked how many rows were masked, or needed no masking
     */
    record Part(Row last, int masked) {}

    /** Is told of each row that could not be masked. */
    interface Failures {
        void failed(Object row, Exception why);
    }

    /**
     * Masks at most so many rows, and none that another node is at. A row that fails stays as it was, and stops no other,
     * unless the database can do nothing for anybody now: that is thrown.
     *
     * @param after the last row of the part before, null at the beginning
     */
    Part mask(Connection database, Row after, int most, Failures failures) throws SQLException {
        List<Row> rows = unmasked(database, after, most);
        int masked = 0;
        // As statements: the pool lets nobody roll back a part of what the transaction manager ends.
        try (Statement savepoint = database.createStatement()) {
            for (Row row : rows) {
                savepoint.execute("savepoint before_row");
                try {
                    mask(database, row);
                    masked++;
                } catch (SQLException | RuntimeException failure) {
                    if (DatabaseAway.causedBy(failure)) {
                        throw failure;
                    }
                    savepoint.execute("rollback to savepoint before_row");
                    failures.failed(row.id, failure);
                }
                savepoint.execute("release savepoint before_row");
            }
        }
        return new Part(rows.size() < most ? null : rows.get(most - 1), masked);
    }

    private void mask(Connection database, Row row) throws SQLException {
        List<String> texts = new ArrayList<>();
        row.texts.forEach(text -> texts.add(PersonalData.masked(text)));
        boolean changed = !texts.equals(row.texts);
        String assignments = changed ? String.join(" = ?, ", columns) + " = ?, " : "";
        boolean kept = !changed || keep(database, row.id, texts);
        try (PreparedStatement statement = database.prepareStatement(
                kept
                        ? "update " + table + " set " + assignments + "masked = true, masked_by = ? where id = ?"
                        : "delete from " + table + " where id = ?")) {
            int parameter = 1;
            if (kept && changed) {
                for (String text : texts) {
                    statement.setString(parameter++, text);
                }
            }
            if (kept) {
                statement.setInt(parameter++, PersonalData.RULES);
            }
            statement.setObject(parameter, row.id);
            statement.executeUpdate();
        }
    }

    private List<Row> unmasked(Connection database, Row after, int most) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = database.prepareStatement("select masked_by, id, " + String.join(", ", columns)
                + " from " + table + " where masked_by < ?" + (after == null ? "" : " and (masked_by, id) > (?, ?)")
                + " order by masked_by, id limit ? for update skip locked")) {
            int parameter = 1;
            select.setInt(parameter++, PersonalData.RULES);
            if (after != null) {
                select.setInt(parameter++, after.maskedBy);
                select.setObject(parameter++, after.id);
            }
            select.setInt(parameter, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<String> texts = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        texts.add(row.getString(i + 3));
                    }
                    rows.add(new Row(row.getInt(1), row.getObject(2), texts));
                }
            }
        }
        return rows;
    }
}
