package io.replyloop.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of a connection; see the rules in {@code src/docs/wire-protocol.md}. */
@ConfigMapping(prefix = "replyloop.live")
interface LiveConfig {
    /** Longest frame from a client, in bytes. Quarkus has a limit of its own above it, which ends the connection. */
    @WithDefault("32768")
    int maxFrameBytes();

    @WithDefault("20")
    int framesPerSecond();

    @WithDefault("60")
    int frameBurst();

    /** Refused frames that a connection may cause at once, and how many are forgiven each second, before it is closed. */
    @WithDefault("100")
    int refusalBurst();

    @WithDefault("2")
    int refusalsPerSecond();

    /** Commands of one connection that may wait for the database. */
    @WithDefault("100")
    int maxWaitingCommands();

    /** Frames, and characters in them, that a client may leave unread before it is dropped. */
    @WithDefault("2000")
    int maxUnreadFrames();

    @WithDefault("1048576")
    int maxUnreadCharacters();

    @WithDefault("100")
    int maxOpenConversations();

    /** Connections that one customer may have on a node, such as one for each open page; a newer one is refused. */
    @WithDefault("10")
    int connectionsPerCustomer();

    /** Customers' connections from one network address, which many people may share. */
    @WithDefault("200")
    int connectionsPerAddress();

    /** Customers' connections of a node. */
    @WithDefault("20000")
    int customerConnections();

    /** Messages that one customer may send in a minute, and at once, over all their connections to all nodes. */
    @WithDefault("60")
    int customerMessagesPerMinute();

    @WithDefault("30")
    int customerMessageBurst();

    /** The same for one network address, which many people may share. */
    @WithDefault("600")
    int addressMessagesPerMinute();

    @WithDefault("300")
    int addressMessageBurst();

    @WithDefault("PT10S")
    Duration helloWithin();

    /** A connection that says nothing for so long is dropped. */
    @WithDefault("PT60S")
    Duration silence();

    /** How often it is looked whether the sessions of connected agents still hold. */
    @WithDefault("PT60S")
    Duration sessionCheck();

    /** How often nodes say that they are there; one that misses three is taken for dead. */
    @WithDefault("PT10S")
    Duration heartbeat();
}
