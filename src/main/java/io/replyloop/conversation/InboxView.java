package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;
import java.util.Locale;

/**
 * The parts of the inbox. Open ones that are put off, and all that is spam, are in their own part only; what another
 * program keeps is in none.
 */
public enum InboxView {
    MINE("c.status = 'open' and c.snoozed_until is null and not c.spam and c.assignee_id = :me"),
    UNASSIGNED("c.status = 'open' and c.snoozed_until is null and not c.spam and c.assignee_id is null"),
    OPEN("c.status = 'open' and c.snoozed_until is null and not c.spam"),
    /** Whatever is no spam and names the agent in a note. */
    MENTIONS("c.mentioned <> '{}' and c.mentioned @> array[cast(:me as uuid)] and not c.spam and not c.elsewhere"),
    SNOOZED("c.status = 'open' and c.snoozed_until is not null and not c.spam"),
    RESOLVED("c.status = 'resolved' and not c.spam and not c.elsewhere"),
    SPAM("c.spam and not c.elsewhere"),
    /** Whatever is no spam. */
    ALL("not c.spam and not c.elsewhere");

    // Words of the statement and no parameters, since an index of open ones serves no question that is open itself.
    private final String condition;

    InboxView(String condition) {
        this.condition = condition;
    }

    static InboxView named(String wireName) {
        return Arrays.stream(values())
                .filter(view -> view.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(
                        () -> new Problem(
                                ProblemCode.INVALID,
                                "The view is \"mine\", \"unassigned\", \"open\", \"mentions\", \"snoozed\", \"resolved\", \"spam\" or \"all\"."));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String condition() {
        return condition;
    }

    /** Whether it depends on who asks. */
    boolean isOfAgent() {
        return this == MINE || this == MENTIONS;
    }

    boolean isOpen() {
        return this == MINE || this == UNASSIGNED || this == OPEN;
    }
}
