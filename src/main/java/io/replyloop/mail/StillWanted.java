package io.replyloop.mail;

import java.util.UUID;

/** Asked before a mail is sent, which may be long after it was written. */
public interface StillWanted {
    /** @param upTo see {@link NewMail#upTo()} */
    boolean isWanted(MailKind kind, UUID conversation, long upTo);
}
