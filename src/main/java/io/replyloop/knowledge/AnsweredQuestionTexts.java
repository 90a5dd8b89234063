package io.replyloop.knowledge;

import io.replyloop.privacy.PersonalData;
import io.replyloop.privacy.StoredTexts;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

@Singleton
class AnsweredQuestionTexts extends StoredTexts {
    private final Instance<QuestionTextListener> listeners;

    AnsweredQuestionTexts(Instance<QuestionTextListener> listeners) {
        super("answered_question", "question", "context", "earlier");
        this.listeners = listeners;
    }

    @Override
    protected boolean keep(Connection database, Object id, List<String> texts) throws SQLException {
        for (QuestionTextListener listener : listeners) {
            listener.changed(database, StoredQuestions.ANSWERED, (Long) id);
        }
        return rename(database, id, texts);
    }

    /** Imports recognise their questions by a digest of the text, so the digest must be that of the masked text. */
    private static boolean rename(Connection database, Object id, List<String> texts) throws SQLException {
        try (PreparedStatement select = database.prepareStatement(
                        "select reply_id from answered_question where id = ? and source = 'import'"
                                + " and source_id not like '" + AskedQuestion.SOURCE + "%'");
                PreparedStatement rename = database.prepareStatement("update answered_question one set source_id = ?"
                        + " where id = ? and not exists (select from answered_question other"
                        + " where other.source = one.source and other.source_id = ? and other.id <> one.id)")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return true;
                }
                String name = AnsweredQuestions.sourceId(
                        row.getObject(1, UUID.class),
                        AnsweredQuestion.stored(texts.get(0), texts.get(1), "", PersonalData.RULES));
                rename.setString(1, name);
                rename.setObject(2, id);
                rename.setString(3, name);
                return rename.executeUpdate() == 1;
            }
        }
    }
}
