package io.replyloop.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A table that keeps texts for learning. Each room offers its own; it has a column {@code masked}, which is false where
 * the texts may still hold personal data.
 */
public abstract class StoredTexts {
    private static final Logger LOG = Logger.getLogger(StoredTexts.class);

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

    private record Row(Object id, List<String> texts) {}

    /**
     * @param last where the next part begins, null at the end of the table
     * @param masked how many rows were masked, or needed no masking
     */
    record Part(Object last, int masked) {}

    /**
     * Masks at most so many rows, and none that another node is at. A row that fails stays as it was, and stops no other.
     *
     * @param after the last row of the part before, null at the beginning
     */
    Part mask(Connection database, Object after, int most) throws SQLException {
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
                    savepoint.execute("rollback to savepoint before_row");
                    LOG.warnf(failure, "Row %s of %s could not be masked, and will be tried again", row.id, table);
                }
                savepoint.execute("release savepoint before_row");
            }
        }
        return new Part(rows.size() < most ? null : rows.get(most - 1).id, masked);
    }

    private void mask(Connection database, Row row) throws SQLException {
        List<String> texts = new ArrayList<>();
        row.texts.forEach(text -> texts.add(PersonalData.masked(text)));
        boolean changed = !texts.equals(row.texts);
        String assignments = changed ? String.join(" = ?, ", columns) + " = ?, " : "";
        boolean kept = !changed || keep(database, row.id, texts);
        try (PreparedStatement statement = database.prepareStatement(
                kept
                        ? "update " + table + " set " + assignments + "masked = true where id = ?"
                        : "delete from " + table + " where id = ?")) {
            int parameter = 1;
            if (kept && changed) {
                for (String text : texts) {
                    statement.setString(parameter++, text);
                }
            }
            statement.setObject(parameter, row.id);
            statement.executeUpdate();
        }
    }

    private List<Row> unmasked(Connection database, Object after, int most) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = database.prepareStatement("select id, " + String.join(", ", columns) + " from "
                + table + " where not masked" + (after == null ? "" : " and id > ?")
                + " order by id limit ? for update skip locked")) {
            if (after != null) {
                select.setObject(1, after);
            }
            select.setInt(after == null ? 1 : 2, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<String> texts = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        texts.add(row.getString(i + 2));
                    }
                    rows.add(new Row(row.getObject(1), texts));
                }
            }
        }
        return rows;
    }
}
