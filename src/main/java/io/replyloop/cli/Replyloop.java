package io.replyloop.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.Set;

/** Where the jar starts: the server when no command is named, or one of the commands. */
@QuarkusMain
public class Replyloop {
    private static final Set<String> SERVER_COMMANDS = Set.of("serve", "demo");

    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run();
            return;
        }
        if (SERVER_COMMANDS.contains(arguments[0])) {
            if (arguments[0].equals("demo")) {
                System.setProperty("quarkus.profile", "demo");
            }
            Quarkus.run(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        System.exit(Commands.execute(arguments));
    }
}
