package io.replyloop.dataset;

/** The examples of decisions and those from files, as rows of one table. */
final class AllExamples {
    private static final String COLUMNS =
            "id, decision_id, impression_id, conversation_id, query, reply_id, reply_text,"
                    + " label, original_label, excluded, version, created_at, masked_by";

    /** From which a statement reads. */
    static final String FROM = "from (select " + COLUMNS + " from example union all select " + COLUMNS
            + " from imported_example) as example";

    /** The same and those of conversations from before, which teach as well. */
    static final String TAUGHT = "from (select " + COLUMNS + " from example union all select " + COLUMNS
            + " from imported_example union all select id, null, impression_id, conversation_id, query, reply_id, reply_text,"
            + " label, null, false, 0, created_at, masked_by from past_example) as example";

    private AllExamples() {}
}
