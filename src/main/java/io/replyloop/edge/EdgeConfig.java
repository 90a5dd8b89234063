package io.replyloop.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of what comes in from the network, whoever sends it. */
@ConfigMapping(prefix = "replyloop.edge")
public interface EdgeConfig {
    /** Open connections of all kinds from one network address. Behind a proxy all have its address: not counted then. */
    @WithDefault("1000")
    int connectionsPerAddress();

    /** Open connections altogether; fewer where the operating system allows fewer files. */
    @WithDefault("25000")
    int connections();

    /** How long the head of a request may take: from the connection, later from its first byte. */
    @WithDefault("PT20S")
    Duration headWithin();

    /** How long the whole body may take, at most 64 KiB ... */
    @WithDefault("PT20S")
    Duration bodyWithin();

    /** ... and a file that is imported. */
    @WithDefault("PT5M")
    Duration uploadWithin();

    /** How long whoever asked may take nothing of the answer, not a byte. */
    @WithDefault("PT60S")
    Duration takenWithin();

    /** Bodies that are on their way from one network address at the same time. */
    @WithDefault("100")
    int bodiesPerAddress();

    /** Files that are on their way at the same time, from wherever. */
    @WithDefault("4")
    int uploads();
}
