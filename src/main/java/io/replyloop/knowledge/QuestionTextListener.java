package io.replyloop.knowledge;

import java.sql.Connection;
import java.sql.SQLException;

/** Implemented by packages that keep data derived from the text of stored questions. */
public interface QuestionTextListener {
    /** Called on the connection of the transaction that changes the text of a question. */
    void changed(Connection database, StoredQuestions kind, long question) throws SQLException;
}
