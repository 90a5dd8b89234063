package io.replyloop.cli;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.replyloop.bert.network.NativeEngine;
import io.replyloop.database.EmbeddedDatabaseConfigSource;
import java.util.Arrays;
import java.util.Set;

/** The jar's main class: starts the server if no command is given, or runs a command. */
@QuarkusMain
public class Replyloop {
    private static final Set<String> SERVER_COMMANDS = Set.of("serve", "demo");

    public static void main(String... arguments) {
        if (arguments.length > 0 && !SERVER_COMMANDS.contains(arguments[0])) {
            System.exit(Commands.execute(arguments));
        }
        if (arguments.length > 0 && arguments[0].equals("demo")) {
            System.setProperty("quarkus.profile", "demo");
            System.out.println("Starting Replyloop with demo users and a demo knowledge base. The first start unpacks a"
                    + " database and a model; the addresses to open follow.");
        } else {
            System.out.println("Starting Replyloop; the addresses to open follow.");
        }
        System.setProperty(EmbeddedDatabaseConfigSource.START_AT_ONCE, "true");
        EarlyLogs.quieten();
        StopWhileStarting.prepare();
        NativeEngine.loadInBackground();
        Quarkus.run(
                null,
                Replyloop::ended,
                arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** Errors before logging is set up do not reach the log, so they are printed: the user must see what is missing. */
    private static void ended(int code, Throwable failure) {
        StopWhileStarting.over();
        if (failure != null) {
            Throwable reason = failure;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            System.err.println("Replyloop has not started: "
                    + (reason.getMessage() == null ? reason.toString() : reason.getMessage()));
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }
}
