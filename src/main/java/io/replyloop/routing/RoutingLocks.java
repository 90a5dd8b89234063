package io.replyloop.routing;

/** PostgreSQL's advisory locks of this package, which hold over all nodes until the transaction ends. */
final class RoutingLocks {
    /** Held while teams are changed. */
    static final long TEAMS = 7_301_127L;

    /** Held while a conversation is given out, so that no two nodes count the same free place. */
    static final long TURNS = 7_301_128L;

    private RoutingLocks() {}
}
