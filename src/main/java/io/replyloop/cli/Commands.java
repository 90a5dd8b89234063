package io.replyloop.cli;

import io.replyloop.replay.ReplayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that need no Quarkus. A new one is named in the list below. */
@Command(
        name = "replyloop",
        description =
                "Without a command, the server starts. 'demo' starts it with demo users and a demo knowledge base.",
        mixinStandardHelpOptions = true,
        version = "replyloop 0.1",
        subcommands = {ReplayCommand.class})
final class Commands {
    private Commands() {}

    static int execute(String... arguments) {
        return new CommandLine(new Commands()).execute(arguments);
    }
}
