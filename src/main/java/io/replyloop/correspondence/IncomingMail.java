package io.replyloop.correspondence;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A mail that has come, as far as it can become a message. What it says of itself can be anything.
 *
 * @param messageId made of all headers where it has none
 * @param recipients all headers that may name the address it was sent to
 * @param references Message-IDs of mails that it replies to, the nearest first
 * @param from the bare address; empty where there is none
 * @param automatic whether a program has written it: a holiday notice, a list, or a report
 * @param body what it says, which is fetched only for a mail that replies to one of ours
 */
record IncomingMail(
        String messageId, List<String> recipients, List<String> references, String from, boolean automatic, Body body) {

    interface Body {
        Contents read() throws IOException;
    }

    /** @param text without quotes and signature; empty where only files say it */
    record Contents(String text, List<File> files) {}

    /** A file of it, read when it is asked for. */
    interface File {
        String name();

        /** In bytes as far as the server knows, before decoding; negative where it does not. */
        int size();

        InputStream open() throws IOException;
    }
}
