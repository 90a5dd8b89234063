package io.replyloop.knowledge;

import io.replyloop.privacy.StoredTexts;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

@Singleton
class RejectedQuestionTexts extends StoredTexts {
    private final Instance<QuestionTextListener> listeners;

    RejectedQuestionTexts(Instance<QuestionTextListener> listeners) {
        super("rejected_question", "question", "context");
        this.listeners = listeners;
    }

    @Override
    protected boolean keep(Connection database, Object id, List<String> texts) throws SQLException {
        for (QuestionTextListener listener : listeners) {
            listener.changed(database, StoredQuestions.REJECTED, (Long) id);
        }
        return true;
    }
}
