package io.replyloop.mail;

/**
 * A mail that could not be handed over.
 *
 * @param forGood whether the server has refused this very mail, so that another try would end alike
 * @param reach whether the server was not even reached, or lets us in no further, which concerns all mails
 * @param words of the server, or of the connection
 */
record MailFailure(boolean forGood, boolean reach, String words) {
    private static final int LONGEST = 500;

    /** What other servers say, which can be anything. */
    static String shortened(String words) {
        String line = Letter.headerText(words, LONGEST);
        return line.isEmpty() ? "?" : line;
    }
}
