package io.replyloop.retrieval;

import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.privacy.PersonalData;
import java.sql.SQLException;

/**
 * What an index was made from. One from before an erasure must not be used; one from before a correction may be, until
 * another is made.
 *
 * @param installation the database and the number of erasures in it
 * @param corrections the number of corrections in it
 */
record IndexSource(String installation, long corrections) {
    static IndexSource of(KnowledgeFeed feed) throws SQLException {
        return new IndexSource(feed.installation(), feed.corrections());
    }

    boolean isFromBeforeErasure(IndexSource now) {
        return !installation.equals(now.installation);
    }

    boolean isFromBeforeCorrection(IndexSource now) {
        return corrections != now.corrections;
    }

    /** By which a saved index is found again, if nothing that it depends on has changed. */
    String key(int questionsPerReply, Meanings meanings) {
        return installation + (corrections == 0 ? "" : " corrected " + corrections) + " " + questionsPerReply + " "
                + PersonalData.RULES + " " + (meanings == null ? "words" : meanings.key());
    }
}
