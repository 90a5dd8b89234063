package io.replyloop.dataset;

/**
 * The examples of decisions, those from files and those of imported history, as rows of one table: the one place that says
 * what there is to learn from. Of the last, no decision is known. One id means one example, and says where it comes from.
 * The time of one is that of the decision or the message, as far as it is known, and not that of an import.
 */
public final class AllExamples {
    /** Ids of imported history begin here and go down; those of files begin at -1, those of decisions at 1. */
    public static final long FIRST_OF_HISTORY = -1_000_000_000_000L;

    /** Conditions on an id; the name of the rows and a point go before. */
    public static final String OF_DECISIONS = "id > 0";

    public static final String OF_FILES = "id between " + (FIRST_OF_HISTORY + 1) + " and -1";
    public static final String OF_HISTORY = "id <= " + FIRST_OF_HISTORY;

    private static final String COLUMNS =
            "id, decision_id, impression_id, conversation_id, query, reply_id, reply_text,"
                    + " label, original_label, excluded, version, created_at, masked_by";

    private static final String OF_EXAMPLE = "select " + COLUMNS + " from example";
    private static final String OF_FILE = " union all select " + COLUMNS + " from imported_example";
    private static final String OF_PAST =
            " union all select id, cast(null as uuid), impression_id, conversation_id, query, reply_id, reply_text,"
                    + " label, original_label, excluded, version, coalesce(said_at, created_at), masked_by from past_example";

    /**
     * From which a statement reads; the name that it gives to the rows comes after it. Without conditions of its own, so
     * that the database reads them in the order of their ids.
     */
    public static final String FROM = "from (" + OF_EXAMPLE + OF_FILE + OF_PAST + ") as ";

    /** The same without imported history: what somebody has decided, here or elsewhere. */
    public static final String FROM_DECIDED = "from (" + OF_EXAMPLE + OF_FILE + ") as ";

    public static final String JOIN_DECIDED = "join (" + OF_EXAMPLE + OF_FILE + ") as ";

    private AllExamples() {}

    /** As {@link #FROM}, with a condition on each table, so that each one's index is used. */
    public static String from(String condition) {
        return "from (" + OF_EXAMPLE + " where " + condition + OF_FILE + " where " + condition + OF_PAST + " where "
                + condition + ") as ";
    }

    /** What people call an example: 42, F1 for the first one of a file, H1 for the first one of imported history. */
    public static String name(long id) {
        if (id > 0) {
            return Long.toString(id);
        }
        return isOfHistory(id) ? "H" + (FIRST_OF_HISTORY - id + 1) : "F" + -id;
    }

    public static boolean isOfHistory(long id) {
        return id <= FIRST_OF_HISTORY;
    }
}
