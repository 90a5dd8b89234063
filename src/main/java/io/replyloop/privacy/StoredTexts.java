package io.replyloop.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that keeps texts for learning. Each room offers its own; it has a column {@code masked}, which is false where
 * the texts may still hold personal data.
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

    private record Row(Object id, List<String> texts, boolean changed) {}

    /** Masks at most so many rows, and none that another node is at; how many it found. */
    int mask(Connection database, int most) throws SQLException {
        List<Row> rows = unmasked(database, most);
        String assignments = String.join(" = ?, ", columns) + " = ?";
        try (PreparedStatement update = database.prepareStatement(
                        "update " + table + " set " + assignments + ", masked = true where id = ?");
                PreparedStatement delete = database.prepareStatement("delete from " + table + " where id = ?")) {
            for (Row row : rows) {
                if (row.changed && !keep(database, row.id, row.texts)) {
                    delete.setObject(1, row.id);
                    delete.executeUpdate();
                    continue;
                }
                for (int i = 0; i < columns.size(); i++) {
                    update.setString(i + 1, row.texts.get(i));
                }
                update.setObject(columns.size() + 1, row.id);
                update.executeUpdate();
            }
        }
        return rows.size();
    }

    private List<Row> unmasked(Connection database, int most) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = database.prepareStatement("select id, " + String.join(", ", columns) + " from "
                + table + " where not masked order by id limit ? for update skip locked")) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<String> texts = new ArrayList<>();
                    boolean changed = false;
                    for (int i = 0; i < columns.size(); i++) {
                        String text = row.getString(i + 2);
                        texts.add(PersonalData.masked(text));
                        changed |= text != null && !text.equals(texts.get(i));
                    }
                    rows.add(new Row(row.getObject(1), texts, changed));
                }
            }
        }
        return rows;
    }
}
