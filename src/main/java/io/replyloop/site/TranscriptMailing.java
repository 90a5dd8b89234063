package io.replyloop.site;

/** Whether customers can have their conversation mailed. Known where mails are written. */
public interface TranscriptMailing {
    boolean isOffered();
}
