package io.replyloop.audit;

import java.util.UUID;

/**
 * Who has acted.
 *
 * @param account null where it is not an account
 * @param name as it was then; empty where it is not an account
 */
public record Actor(ActorKind kind, UUID account, String name) {
    public static final Actor VISITOR = new Actor(ActorKind.VISITOR, null, "");
    public static final Actor SCHEDULE = new Actor(ActorKind.SCHEDULE, null, "");
    public static final Actor SYSTEM = new Actor(ActorKind.SYSTEM, null, "");
    public static final Actor COMMAND_LINE = new Actor(ActorKind.COMMAND_LINE, null, "");

    public static Actor account(UUID account, String name) {
        return new Actor(ActorKind.ACCOUNT, account, name);
    }
}
