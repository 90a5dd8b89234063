package io.replyloop.knowledge;

import java.sql.Connection;
import java.sql.SQLException;

/** Whoever keeps something that was made from the text of a stored question. */
public interface QuestionTextListener {
    /** Told in the transaction that gives the question another text, by its connection. */
    void changed(Connection database, StoredQuestions kind, long question) throws SQLException;
}
