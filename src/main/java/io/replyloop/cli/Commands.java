package io.replyloop.cli;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.hub.HubException;
import io.replyloop.lab.replay.ReplayCommand;
import io.replyloop.platform.Version;
import io.replyloop.training.worker.TrainWorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that run without Quarkus. New ones are added to the list below. */
@Command(
        name = "replyloop",
        description =
                "Without a command, the server starts. 'demo' starts it with demo users and a demo knowledge base.",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.OfThisBuild.class,
        subcommands = {
            ScoreCommand.class,
            TrainCommand.class,
            SearchCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            ImportCommand.class,
            ReplayCommand.class,
            TrainWorkerCommand.class,
            PretrainCommand.class,
            DownloadCommand.class,
            EvaluateStarCommand.class,
            EvaluateKnowledgeBaseCommand.class,
            EvaluateHistoryCommand.class,
            DefaultModelCommand.class,
            WeighStagesCommand.class,
            ConvertEncoderCommand.class,
            EmbedCommand.class,
            AlignEncodersCommand.class,
            DistilEncoderCommand.class,
            EvaluateEncoderCommand.class,
            ResetPasswordCommand.class
        })
final class Commands {
    private Commands() {}

    static final class OfThisBuild implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"replyloop " + Version.current()};
        }
    }

    static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Commands())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    // Errors that the user can fix are reported in one line; anything else keeps its stack trace.
                    if (!(failure instanceof CheckpointException
                            || failure instanceof HubException
                            || failure instanceof IllegalArgumentException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }
}
