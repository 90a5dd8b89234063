package io.replyloop.mail;

import java.util.List;
import java.util.UUID;

/**
 * A mail to be written into the outbox.
 *
 * @param once by which it is known as written already; null for one that may be written again
 * @param account of the team, to whom it goes or who has asked for it; null for none
 * @param customer null for mails of the team
 * @param upTo of answers: the newest that is in it, in the customer's numbering
 * @param replyTo where replies go; null where that is the sender
 * @param replyHash SHA-256 of what replies are known by
 * @param references Message-IDs of the thread, oldest first
 */
public record NewMail(
        MailKind kind,
        String once,
        MailAddress to,
        Letter letter,
        UUID account,
        UUID customer,
        UUID conversation,
        Long upTo,
        String replyTo,
        byte[] replyHash,
        List<String> references) {
    /** To somebody of the team, or who is to become one. */
    public static NewMail ofTeam(MailKind kind, String once, MailAddress to, Letter letter, UUID account) {
        return new NewMail(kind, once, to, letter, account, null, null, null, null, null, List.of());
    }

    public static NewMail ofCustomer(MailKind kind, MailAddress to, Letter letter, UUID customer, UUID conversation) {
        return new NewMail(kind, null, to, letter, null, customer, conversation, null, null, null, List.of());
    }

    /** In a thread to which the customer can reply. */
    public NewMail inThread(long newest, String replies, byte[] hash, List<String> thread) {
        return new NewMail(
                kind, once, to, letter, account, customer, conversation, newest, replies, hash, List.copyOf(thread));
    }
}
