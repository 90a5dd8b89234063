package io.replyloop.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;

/** What a mail tells. */
public enum MailKind {
    INVITATION(true),
    /** An admin has made a link to a new password. */
    PASSWORD_LINK(true),
    /** Its owner has asked for one. */
    FORGOTTEN_PASSWORD(true),
    TRANSCRIPT(false),
    /** Of agents, to a customer who has left. */
    ANSWERS(false),
    RUN_REPORT(false);

    private final boolean key;

    MailKind(boolean key) {
        this.key = key;
    }

    /** Whether its text lets somebody in, and is kept no longer than it takes to send it. */
    boolean isKey() {
        return key;
    }

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }

    static MailKind of(String wireName) {
        for (MailKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("There is no kind of mail called " + wireName);
    }
}
