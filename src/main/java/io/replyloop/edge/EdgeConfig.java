package io.replyloop.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on incoming traffic, regardless of the sender. */
@ConfigMapping(prefix = "replyloop.edge")
public interface EdgeConfig {
    /**
     * Open connections of all kinds from one network address. Not counted behind a proxy, whose address all of them
     * have.
     */
    @WithDefault("1000")
    int connectionsPerAddress();

    /** Open connections in total; fewer if the operating system limits open files. */
    @WithDefault("25000")
    int connections();

    /** How long a request head may take: from the start of the connection, later from its first byte. */
    @WithDefault("PT20S")
    Duration headWithin();

    /** How long a whole body, of at most 64 KiB, may take ... */
    @WithDefault("PT20S")
    Duration bodyWithin();

    /** ... and an uploaded file. */
    @WithDefault("PT5M")
    Duration uploadWithin();

    /** How long a client may go without reading a single byte of the response. */
    @WithDefault("PT60S")
    Duration takenWithin();

    /** Request bodies from one network address that may be in progress at the same time. */
    @WithDefault("100")
    int bodiesPerAddress();

    /** Imported files that may be in progress at the same time, in total. */
    @WithDefault("4")
    int uploads();

    /** Files for messages that may be on their way at the same time, in total ... */
    @WithDefault("64")
    int spooled();

    /** ... and from one network address, which many people may share. */
    @WithDefault("20")
    int spooledPerAddress();
}
