package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The JVM ends cleanly while the network is at work: the native libraries are not torn down under it. */
class ExitTest {
    private static final int TERMINATED = 128 + 15;

    @Test
    void a_termination_in_the_middle_of_scoring_is_no_crash() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=target/exit-test-crash.log",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Scoring.class.getName())
                .redirectErrorStream(true)
                .start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.equals("scoring")) {
            line = lines.readLine();
        }
        process.toHandle().destroy();
        String rest = String.join("\n", lines.lines().toList());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", rest).isEqualTo(TERMINATED);
    }

    /** Scores without end. */
    static final class Scoring {
        public static void main(String... arguments) {
            CrossEncoder encoder =
                    CrossEncoder.open(Path.of("src/main/resources/models/default"), CrossEncoderOptions.defaults());
            List<EncodedPair> pairs = IntStream.range(0, 2000)
                    .mapToObj(i -> encoder.pair(
                            encoder.tokenize("where is my order " + i + " ?".repeat(i % 40)),
                            encoder.tokenize("It is on its way.")))
                    .toList();
            encoder.logits(pairs);
            System.out.println("scoring");
            while (true) {
                encoder.logits(pairs);
            }
        }
    }
}
