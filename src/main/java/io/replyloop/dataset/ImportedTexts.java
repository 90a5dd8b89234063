package io.replyloop.dataset;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

@Singleton
class ImportedTexts extends StoredTexts {
    ImportedTexts() {
        super("imported_example", "query", "reply_text");
    }

    /** Two replies to one question may differ in nothing but what is masked. */
    @Override
    protected boolean keep(Connection database, Object id, List<String> texts) throws SQLException {
        try (PreparedStatement same = database.prepareStatement("select from imported_example one"
                + " join imported_example other on other.decision_id = one.decision_id and other.id <> one.id"
                + " where one.id = ? and md5(other.reply_text) = md5(?)")) {
            same.setObject(1, id);
            same.setString(2, texts.get(1));
            return !same.executeQuery().next();
        }
    }
}
