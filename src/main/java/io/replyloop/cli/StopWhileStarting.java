package io.replyloop.cli;

import io.quarkus.vertx.http.HttpServerStart;
import io.replyloop.database.EmbeddedDatabaseConfigSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ctrl-C, or a SIGTERM, before the server is up. Nobody is served yet, and every step of a start is finished or made
 * anew by the next one, so the process ends at once. Left to the usual way of ending, what is under way would lose its
 * database, try for most of a minute to get it back, and fill the log with that.
 */
@ApplicationScoped
public class StopWhileStarting {
    /** What a process has that SIGTERM ended. */
    private static final int STOPPED = 128 + 15;

    /** Registered from the beginning to the end of a start. */
    private static final Thread HOOK = new Thread(StopWhileStarting::end, "stop-while-starting");

    static void prepare() {
        Runtime.getRuntime().addShutdownHook(HOOK);
    }

    /** The start is over: the server is up, or has failed in a way that is being told. */
    static void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(HOOK);
        } catch (IllegalStateException stopped) {
            // The process is ending already, and the hook, if it was there, is at work.
        }
    }

    void listening(@ObservesAsync HttpServerStart start) {
        over();
    }

    private static void end() {
        silence(Logger.getLogger(""));
        System.out.println("Stopped before it was up. The next start goes on from here.");
        EmbeddedDatabaseConfigSource.stopAtOnce();
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        Runtime.getRuntime().halt(STOPPED);
    }

    /** Whatever fails from now on fails because of this. */
    private static void silence(Logger everything) {
        everything.setLevel(Level.OFF);
        for (Handler handler : everything.getHandlers()) {
            everything.removeHandler(handler);
        }
    }
}
