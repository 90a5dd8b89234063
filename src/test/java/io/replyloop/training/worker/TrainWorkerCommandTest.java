package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.database.UnpooledConnections;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainWorkerCommandTest {
    private final StringWriter said = new StringWriter();

    @Test
    void it_says_which_environment_variables_it_needs() {
        assertThat(execute("--once")).isEqualTo(2);
        assertThat(said.toString().contains("QUARKUS_DATASOURCE_JDBC_URL is not set"))
                .as("%s", said.toString())
                .isTrue();
    }

    @Test
    void it_wants_to_know_which_runs_to_take() {
        assertThat(execute()).isEqualTo(2);
        assertThat(said.toString().contains("--run=ID | --once | --follow"))
                .as("%s", said.toString())
                .isTrue();
        assertThat(execute("--once", "--follow")).isEqualTo(2);
    }

    @Test
    void it_explains_itself() {
        StringWriter help = new StringWriter();
        CommandLine command = new CommandLine(new TrainWorkerCommand()).setOut(new PrintWriter(help));

        assertThat(command.execute("--help")).isEqualTo(0);
        assertThat(help.toString().contains("Exit codes:"))
                .as("%s", help.toString())
                .isTrue();
    }

    @Test
    void an_address_is_never_printed_with_its_password() {
        assertThat(new UnpooledConnections.Access("jdbc:postgresql://h/d?password=x", "ada", "secret").toString())
                .isEqualTo("the database of user ada");
    }

    private int execute(String... arguments) {
        return new CommandLine(new TrainWorkerCommand())
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }
}
