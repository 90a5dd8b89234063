package io.replyloop.knowledge;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

@Singleton
class RejectedQuestionTexts extends StoredTexts {
    RejectedQuestionTexts() {
        super("rejected_question", "question", "context");
    }

    @Override
    protected boolean keep(Connection database, Object id, List<String> texts) throws SQLException {
        AnsweredQuestionTexts.forgetMeaning(database, "rejected_question_vector", id);
        return true;
    }
}
