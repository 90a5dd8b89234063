package io.replyloop.cli;

import io.replyloop.database.RunningDatabase;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.signin.AccountRecovery;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For an admin whom no other admin can help. Whoever may run it can read the database anyway. */
@Command(
        name = "reset-password",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Makes a link by which somebody of the team sets a new password.",
        description = {
            "Run it on the machine of the server, as the same user. The link works once, within an hour. The database is"
                    + " the embedded one of a running server, or the one that the server's environment variables name."
        })
final class ResetPasswordCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ADDRESS", description = "The e-mail address with which the person signs in")
    private String email;

    @Option(
            names = "--without-second-factor",
            description = "Also switch the second step of signing in off, and sign the person out everywhere")
    private boolean withoutSecondFactor;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The server's data folder. Default: REPLYLOOP_DATA_DIR, or 'data'")
    private Path dataFolder;

    @Option(names = "--server", paramLabel = "URL", description = "Default: ${DEFAULT-VALUE}")
    private URI server = URI.create("http://localhost:8080");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException {
        Map<String, String> environment = System.getenv();
        Path folder = dataFolder != null ? dataFolder : Path.of(environment.getOrDefault("REPLYLOOP_DATA_DIR", "data"));
        UnpooledConnections.Access access = RunningDatabase.find(environment, folder);
        try (Connection database = UnpooledConnections.open(access.url(), credentials(access), Map.of())) {
            String path = AccountRecovery.link(database, email, withoutSecondFactor);
            spec.commandLine().getOut().println(server.resolve(path));
        }
        return 0;
    }

    private static Properties credentials(UnpooledConnections.Access access) {
        Properties credentials = new Properties();
        if (access.user() != null) {
            credentials.setProperty("user", access.user());
        }
        if (access.password() != null) {
            credentials.setProperty("password", access.password());
        }
        return credentials;
    }
}
