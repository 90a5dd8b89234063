package io.replyloop.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What can be done that leaves an entry. Programs that read an export rely on the names, so one that was released is
 * neither renamed nor taken away.
 */
public enum AuditAction {
    ACCOUNT_CREATED,
    /** Name or role. */
    ACCOUNT_CHANGED,
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    /** By its owner, who knew the one before. */
    ACCOUNT_PASSWORD_CHANGED,
    /** By an admin. */
    ACCOUNT_PASSWORD_RESET,
    ACCOUNT_INVITED,
    /** With a new link. */
    ACCOUNT_INVITATION_RENEWED,
    ACCOUNT_INVITATION_WITHDRAWN,
    /** By the person invited, with the link. */
    ACCOUNT_JOINED,
    /** By whoever an identity provider vouches for, when they first signed in. */
    ACCOUNT_PROVIDED,
    /** To somebody of the identity provider, who signs in as its owner from now on. */
    ACCOUNT_LINKED,
    /** By an admin: who it is there is forgotten. */
    ACCOUNT_UNLINKED,
    /** For somebody who has forgotten theirs. */
    ACCOUNT_PASSWORD_LINK_MADE,
    /** By its owner, with that link. */
    ACCOUNT_PASSWORD_RECOVERED,
    /** Of signing in, by its owner. */
    ACCOUNT_SECOND_FACTOR_SET_UP,
    /** By its owner, or by an admin. */
    ACCOUNT_SECOND_FACTOR_REMOVED,
    ACCOUNT_RECOVERY_CODES_RENEWED,
    /** In place of a code of the authenticator. */
    ACCOUNT_RECOVERY_CODE_USED,
    /** A link was mailed to the owner, because somebody has asked for it. */
    ACCOUNT_PASSWORD_LINK_ASKED,
    /** The first admin was made, with the link from the server's console. */
    SETUP_COMPLETED,
    /** The first steps of a new installation are not shown any more. */
    SETUP_STEPS_PUT_AWAY,
    SETUP_STEPS_BROUGHT_BACK,
    SESSION_OPENED,
    /** A wrong password, or a wrong code. */
    SESSION_REFUSED,
    SESSION_CLOSED,
    /** From elsewhere: by its owner, or by an admin. */
    SESSION_ENDED,
    /** Who has to sign in with a second step. */
    SESSION_RULE_CHANGED,
    /** Through which the team signs in. */
    SESSION_PROVIDER_SET,
    SESSION_PROVIDER_REMOVED,
    /** Of a program. */
    TOKEN_CREATED,
    /** With a new secret. */
    TOKEN_RENEWED,
    TOKEN_REVOKED,
    /** One that counts no longer was sent; once an hour. */
    TOKEN_REFUSED,
    /** What happens here is told to a program. */
    WEBHOOK_CREATED,
    WEBHOOK_CHANGED,
    /** With which it signs. */
    WEBHOOK_SECRET_RENEWED,
    /** By itself, because its receiver has taken nothing for days. */
    WEBHOOK_SWITCHED_OFF,
    /** Deliveries are sent again: one entry, whose details count them. */
    WEBHOOK_REPEATED,
    WEBHOOK_DELETED,
    SITE_CREATED,
    SITE_CHANGED,
    SITE_SECRET_RENEWED,
    SITE_PREVIOUS_SECRET_ENDED,
    SITE_CUSTOMER_ACCESS_ENDED,
    TEAM_CREATED,
    /** Name, members, or how its conversations are given out. */
    TEAM_CHANGED,
    TEAM_CLOSED,
    CUSTOMER_BLOCKED,
    CUSTOMER_UNBLOCKED,
    /** By an admin; what the retention rule erases stands in the list of erasures alone. */
    CUSTOMER_ERASED,
    /** All that is kept of one was given out. */
    CUSTOMER_EXPORTED,
    /** Name or address, which nobody vouched for. */
    CUSTOMER_CORRECTED,
    /** What it says is not kept. */
    CUSTOMER_NOTED,
    CUSTOMER_NOTE_CHANGED,
    CUSTOMER_NOTE_DELETED,
    /** Two that are one person; the object is whoever is kept. */
    CUSTOMER_MERGED,
    CUSTOMER_SEPARATED,
    RETENTION_CHANGED,
    /** Of conversations. */
    LABEL_CREATED,
    LABEL_CHANGED,
    LABEL_DELETED,
    REPLY_CREATED,
    REPLY_CHANGED,
    REPLY_PUBLISHED,
    REPLY_ARCHIVED,
    /** Many at once, from a file: one entry, whose details count them. */
    REPLY_IMPORTED,
    /** A group of unanswered questions is nothing for the knowledge base. */
    UNANSWERED_SET_ASIDE,
    UNANSWERED_TAKEN_BACK,
    /** A file of conversations from before has come, and is read. */
    HISTORY_READ,
    /** What was read of it is learned from. */
    HISTORY_IMPORTED,
    HISTORY_CANCELLED,
    HISTORY_UNDONE,
    /** What was imported of a single customer or conversation was deleted. */
    HISTORY_FORGOTTEN,
    HISTORY_DRAFT_DISCARDED,
    HISTORY_DRAFT_RESTORED,
    /** Joined to another draft. */
    HISTORY_DRAFT_MERGED,
    EXAMPLE_EXCLUDED,
    EXAMPLE_INCLUDED,
    /** Its label. */
    EXAMPLE_CORRECTED,
    EXAMPLE_COMMENTED,
    /** Whatever an admin has done to examples. */
    EXAMPLE_UNDONE,
    /** Their labels were looked at; they leave the queue of what should be. */
    EXAMPLE_FOUND_RIGHT,
    EXAMPLE_BACK_IN_QUEUE,
    /** Many at once, from a file: one entry, whose details count them. */
    EXAMPLE_IMPORTED,
    EXAMPLE_IMPORT_UNDONE,
    TRAINING_STARTED,
    TRAINING_CANCELLED,
    /** Its model is not wanted. */
    TRAINING_RESULT_REJECTED,
    TRAINING_REJECTION_TAKEN_BACK,
    TRAINING_SCHEDULE_CHANGED,
    /** Whether a better model serves by itself. */
    TRAINING_PROMOTION_POLICY_CHANGED,
    /** Of two models that there were, without training any. */
    TRAINING_MEASUREMENT_STARTED,
    MODEL_PROMOTED,
    /** An older model than the one that served. */
    MODEL_ROLLED_BACK,
    /** It ranks what customers ask, unseen. */
    MODEL_SHADOW_STARTED,
    MODEL_SHADOW_ENDED,
    /** A table of a report left the application. */
    REPORT_EXPORTED,
    /** From an archive. */
    MODEL_UPLOADED,
    /** Its files are kept whatever the rule says. */
    MODEL_PINNED,
    MODEL_UNPINNED,
    /** By the rule; what is known about it stays. */
    MODEL_FILES_REMOVED,
    MODEL_RETENTION_CHANGED;

    private final String wireName;

    AuditAction() {
        int end = name().indexOf('_');
        wireName =
                (name().substring(0, end) + '.' + name().substring(end + 1).replace('_', '-')).toLowerCase(Locale.ROOT);
    }

    /** Group and act, such as {@code site.secret-renewed}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** What stands before the dot: the kind of thing that was acted on. */
    public String group() {
        return wireName.substring(0, wireName.indexOf('.'));
    }
}
