package io.replyloop.cli;

import io.quarkus.vertx.http.HttpServerStart;
import io.replyloop.database.EmbeddedDatabaseConfigSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Handles Ctrl-C, or a SIGTERM, before the server is up. There are no clients yet, and the next start completes or
 * repeats every step, so the process exits immediately. In a regular shutdown, the steps in progress would lose their
 * database, try for most of a minute to reconnect, and fill the log with errors.
 */
@ApplicationScoped
public class StopWhileStarting {
    /** The exit code of a process that was terminated by SIGTERM. */
    private static final int STOPPED = 128 + 15;

    /** Registered for the duration of the start. */
    private static final Thread HOOK = new Thread(StopWhileStarting::end, "stop-while-starting");

    static void prepare() {
        Runtime.getRuntime().addShutdownHook(HOOK);
    }

    /** The start is over: the server is up, or has failed and reports why. */
    static void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(HOOK);
        } catch (IllegalStateException stopped) {
            // The process is already exiting, and the hook, if registered, is running.
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

    /** All failures from now on are consequences of stopping. */
    private static void silence(Logger everything) {
        everything.setLevel(Level.OFF);
        for (Handler handler : everything.getHandlers()) {
            everything.removeHandler(handler);
        }
    }
}
