package io.replyloop.reports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.reports")
interface ReportsConfig {
    /** Whether reports tell agents apart. Ask your works council, or whoever speaks for the team, before you leave it on. */
    @WithDefault("true")
    boolean byAgent();

    /** A report that takes longer is given up, so that it cannot burden the database. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Whether answered questions are ranked once more in the background, without anything learned, to compare with. */
    @WithDefault("true")
    boolean firstDay();

    /** How long the comparison rests after each question, as a multiple of the time that the question took. */
    @WithDefault("4")
    int rest();
}
