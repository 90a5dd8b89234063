package io.replyloop.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and intervals of the live connections; see the rules in {@code src/docs/wire-protocol.md}. */
@ConfigMapping(prefix = "replyloop.live")
interface LiveConfig {
    /** Maximum size of a frame from a client, in bytes. Above it, a limit of Quarkus closes the connection. */
    @WithDefault("32768")
    int maxFrameBytes();

    /** Frames of one connection, on average. */
    @WithDefault("20")
    int framesPerSecond();

    /** Frames that a connection may send at once. */
    @WithDefault("60")
    int frameBurst();

    /** Refused frames that a connection may cause at once before it is closed, and how many are forgiven per second. */
    @WithDefault("100")
    int refusalBurst();

    @WithDefault("2")
    int refusalsPerSecond();

    /** Maximum number of commands of one connection that wait for the database. */
    @WithDefault("100")
    int maxWaitingCommands();

    /** Frames, and characters in them, that a client may leave unread before its connection is closed. */
    @WithDefault("2000")
    int maxUnreadFrames();

    @WithDefault("1048576")
    int maxUnreadCharacters();

    /** Conversations that one agent's connection may have open. */
    @WithDefault("100")
    int maxOpenConversations();

    /** Connections that one customer may have on a node, one per open page; a further one is refused. */
    @WithDefault("10")
    int connectionsPerCustomer();

    /** Customers' connections from one network address, which many people may share. */
    @WithDefault("200")
    int connectionsPerAddress();

    /** Customers' connections to a node. */
    @WithDefault("20000")
    int customerConnections();

    /** Messages that one customer may send per minute, and at once, over all connections to all nodes. */
    @WithDefault("60")
    int customerMessagesPerMinute();

    @WithDefault("30")
    int customerMessageBurst();

    /** The same for one network address, which many people may share. */
    @WithDefault("600")
    int addressMessagesPerMinute();

    @WithDefault("300")
    int addressMessageBurst();

    /** How long a customer's connection may take to send {@code hello}. */
    @WithDefault("PT10S")
    Duration helloWithin();

    /** A connection on which nothing is received for this long is closed. */
    @WithDefault("PT60S")
    Duration silence();

    /** How often the sessions of connected agents and the tokens of connected customers are checked. */
    @WithDefault("PT60S")
    Duration sessionCheck();

    /** How often customers who wait for an agent are told where they stand, if that has changed. */
    @WithDefault("PT5S")
    Duration queue();

    /** How often nodes send a heartbeat; a node that misses three is considered stopped. */
    @WithDefault("PT10S")
    Duration heartbeat();
}
