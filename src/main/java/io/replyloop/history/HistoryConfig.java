package io.replyloop.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;

/** {@code replyloop.history.*}: the import of conversations from before. */
@ConfigMapping(prefix = "replyloop.history")
interface HistoryConfig {
    /** Bytes of a file when it is unpacked; the rest of a larger one is not read. */
    @WithDefault("268435456")
    long largestFile();

    /** The same for files with a row for each message, which have to be held in memory to be put in order. */
    @WithDefault("67108864")
    long largestTable();

    /** Of one import; the rest of the file is left out. */
    @WithDefault("100000")
    int conversations();

    /** Of one import; the rest of the file is left out. */
    @WithDefault("500000")
    int messages();

    /** Bytes that may be held of one file until its end, where it has a row for each message; without it, a fifth of the heap. */
    OptionalLong heldMemory();

    /** Different wordings of agents that are compared by their meaning, those that were used most; each takes 3 KB of memory. */
    @WithDefault("40000")
    int wordings();

    /** How often a node looks for work that another one has left; new work begins at once. */
    @WithDefault("5s")
    String look();

    /** After so long without a sign of life another node may go on with the work of a node. */
    @WithDefault("30s")
    Duration lease();

    /**
     * After its start, a node leaves alone for so long a file that was being read when a node ended: should the file have
     * ended it, people can use the server meanwhile, and cancel the import.
     */
    @WithDefault("1M")
    Duration settle();

    /** What was read and reported on, and not imported, is deleted after so long. */
    @WithDefault("7D")
    Duration keepUnconfirmed();
}
