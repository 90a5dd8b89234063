package io.replyloop.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;

/** What kind of somebody has acted. */
public enum ActorKind {
    /** Somebody of the team who was signed in. */
    ACCOUNT,
    /** Somebody who was not. */
    VISITOR,
    SCHEDULE,
    /** The application itself, as at its start. */
    SYSTEM,
    /** A command that writes to the database itself; those that call the REST interface act as the account they sign in with. */
    COMMAND_LINE;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }
}
