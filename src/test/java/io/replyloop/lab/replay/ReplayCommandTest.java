package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {
    private final StringWriter errors = new StringWriter();

    private int replay(String arguments) {
        return new CommandLine(new ReplayCommand())
                .setErr(new PrintWriter(errors))
                .execute(arguments.isBlank() ? new String[0] : arguments.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Give --dialogues",
                "--dialogues d.jsonl | needs --agent",
                "--dialogues d.jsonl --agent a --agent b --agent c --password x --password y | one --password",
                "--import kb.jsonl | need --admin",
                "--idle 1 --then d.jsonl --admin a --admin-password p | needs --dialogues",
                "--idle 1 --promote | needs --then",
                "--idle 1 --concurrency 0 | --concurrency",
                "--idle 1 --limit 0 | --limit",
                "--idle 1 --think-time soon | --think-time",
                "--idle 1 --server localhost:8080 | --server",
                "--colour red | Unknown option"
            })
    void invalid_options_are_rejected_with_the_reason(String arguments, String expected) {
        assertThat(replay(arguments)).isEqualTo(2);
        assertThat(errors.toString()).contains(expected);
    }

    @Test
    void a_missing_file_is_reported_before_any_connection_is_opened() {
        assertThat(replay("--server http://localhost:1 --dialogues missing.jsonl --agent a --password b"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("missing.jsonl");
    }
}
