package io.replyloop.training.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.database.UnpooledConnections;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainWorkerCommandTest {
    private final StringWriter said = new StringWriter();

    @Test
    void it_says_which_environment_variables_it_needs() {
        assertEquals(2, execute("--once"));
        assertTrue(said.toString().contains("QUARKUS_DATASOURCE_JDBC_URL is not set"), said.toString());
    }

    @Test
    void it_wants_to_know_which_runs_to_take() {
        assertEquals(2, execute());
        assertTrue(said.toString().contains("--run=ID | --once | --follow"), said.toString());
        assertEquals(2, execute("--once", "--follow"));
    }

    @Test
    void it_explains_itself() {
        StringWriter help = new StringWriter();
        CommandLine command = new CommandLine(new TrainWorkerCommand()).setOut(new PrintWriter(help));

        assertEquals(0, command.execute("--help"));
        assertTrue(help.toString().contains("Exit codes:"), help.toString());
    }

    @Test
    void an_address_is_never_printed_with_its_password() {
        assertEquals(
                "the database of user ada",
                new UnpooledConnections.Access("jdbc:postgresql://h/d?password=x", "ada", "secret").toString());
    }

    private int execute(String... arguments) {
        return new CommandLine(new TrainWorkerCommand())
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }
}
