package io.replyloop.dataset;

/**
 * The examples of decisions, those from files and those of imported history, as rows of one table: the one place that says
 * what there is to learn from. Of the last, no decision is known. One id means one example, and says where it comes from.
 */
public final class AllExamples {
    /** Ids of imported history begin here and go down; those of files begin at -1, those of decisions at 1. */
    public static final long FIRST_OF_HISTORY = -1_000_000_000_000L;

    /** Conditions on an id. */
    public static final String OF_DECISIONS = "id > 0";

    public static final String OF_FILES = "id < 0 and id > " + FIRST_OF_HISTORY;
    public static final String OF_HISTORY = "id <= " + FIRST_OF_HISTORY;

    private static final String DECIDED_COLUMNS =
            "id, decision_id, impression_id, conversation_id, query, reply_id, reply_text,"
                    + " label, original_label, excluded, version, created_at, masked_by";

    private static final String DECIDED_ROWS = "select " + DECIDED_COLUMNS + " from example union all select "
            + DECIDED_COLUMNS + " from imported_example";

    private static final String ROWS = DECIDED_ROWS
            + " union all select id, cast(null as uuid), impression_id, conversation_id, query, reply_id, reply_text,"
            + " label, original_label, excluded, version, created_at, masked_by from past_example";

    /** From which a statement reads; the name that it gives to the rows comes after it. */
    public static final String FROM = "from (" + ROWS + ") as ";

    /** The same without imported history: what somebody has decided, here or elsewhere. */
    public static final String FROM_DECIDED = "from (" + DECIDED_ROWS + ") as ";

    public static final String JOIN_DECIDED = "join (" + DECIDED_ROWS + ") as ";

    private AllExamples() {}

    public static boolean isOfHistory(long id) {
        return id <= FIRST_OF_HISTORY;
    }
}
