package io.replyloop.mail;

import java.util.Optional;

/** Where replies to mails arrive. Known where they are read. */
public interface ReplyMailbox {
    /** Empty where none is configured. */
    Optional<MailResource.Replies> state();
}
