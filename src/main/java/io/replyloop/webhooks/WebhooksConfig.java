package io.replyloop.webhooks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Events that are sent to other programs. */
@ConfigMapping(prefix = "replyloop.webhooks")
interface WebhooksConfig {
    /**
     * Networks with addresses that are not public and may be sent to all the same, such as 10.20.0.0/16; to those also
     * without TLS.
     */
    Optional<List<String>> allowedNetworks();

    /** Webhooks that there may be at a time. */
    @WithDefault("16")
    int most();

    /** Requests at the same time to one of them, from each node. */
    @WithDefault("4")
    int atATime();

    /** For how long a receiver may take to answer. */
    @WithDefault("10S")
    Duration deadline();

    /** How long after each failure in a row the next try is, give or take a fifth; the last one holds for all further. */
    @WithDefault("10S,30S,2M,10M,30M,1H,2H,4H,8H")
    List<Duration> backOff();

    /** For how long an event is tried before it is a dead letter. */
    @WithDefault("24H")
    Duration triedFor();

    /** After how long without any success a webhook is switched off. */
    @WithDefault("5D")
    Duration offAfter();

    /** For how long what was delivered stays in the log. */
    @WithDefault("30D")
    Duration kept();

    /** For how long a dead letter can be sent again. */
    @WithDefault("90D")
    Duration deadKept();

    /** How often a node looks for what other nodes have left, and for what is due again. */
    @WithDefault("1S")
    Duration look();

    /** How often old deliveries are forgotten and dead receivers switched off; {@code off} for never. */
    @WithDefault("10M")
    String upkeep();
}
