package io.replyloop.dataset;

import io.replyloop.privacy.StoredTexts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Questions with replies; the same reply stands once beside what they were labelled for. */
abstract class LabelledTexts extends StoredTexts {
    private final String same;

    /** @param labelledFor the column of which two rows may not have the same reply */
    LabelledTexts(String table, String labelledFor) {
        super(table, "query", "reply_text");
        same = "select from %1$s one join %1$s other on other.%2$s = one.%2$s and other.id <> one.id"
                        .formatted(table, labelledFor)
                + " where one.id = ? and md5(other.reply_text) = md5(?)";
    }

    /** Two replies may differ in nothing but what is masked. */
    @Override
    protected final boolean keep(Connection database, Object id, List<String> texts) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(same)) {
            statement.setObject(1, id);
            statement.setString(2, texts.get(1));
            return !statement.executeQuery().next();
        }
    }
}
