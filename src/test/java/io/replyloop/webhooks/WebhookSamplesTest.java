package io.replyloop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of {@code integration.md} verify what the server signs, and refuse what it has not signed. */
class WebhookSamplesTest {
    private static final String ID = "4f0c2f5e-8a1b-4c3d-9e2f-7a6b5c4d3e2f";
    private static final String BODY = "{\"type\":\"ping\",\"data\":{\"name\":\"Grüße 你好\"}}";

    @TempDir
    Path folder;

    private final WebhookSecret secret = WebhookSecret.random();

    @ParameterizedTest
    @ValueSource(strings = {"sh", "js", "python", "php", "java"})
    void a_sample_takes_what_is_signed_and_nothing_else(String language) throws Exception {
        List<String> command = command(language);
        assumeThat(isThere(command.get(0))).as("%s is there", command.get(0)).isTrue();
        long now = Instant.now().getEpochSecond();
        String signature = secret.signature(ID, now, BODY);
        String both = WebhookSecret.random().signature(ID, now, BODY) + " " + signature;
        assertThat(List.of(
                        verified(command, now, signature, BODY),
                        verified(command, now, both, BODY),
                        verified(command, now, signature, BODY + " "),
                        verified(command, now, WebhookSecret.random().signature(ID, now, BODY), BODY),
                        verified(command, now - 600, secret.signature(ID, now - 600, BODY), BODY)))
                .containsExactly(true, true, false, false, false);
    }

    private boolean verified(List<String> command, long timestamp, String signatures, String body)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        // Of which Java would say that it has found it.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().put("SECRET", secret.text());
        builder.environment().put("ID", ID);
        builder.environment().put("STAMP", Long.toString(timestamp));
        builder.environment().put("SIGNATURES", signatures);
        Path input = Files.writeString(folder.resolve("body"), body);
        Path output = folder.resolve("output");
        Process process = builder.redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output).strip();
        assertThat(said).isIn("true", "false");
        return said.equals("true");
    }

    /** Writes the sample into a program that reads a request from its environment, and says what the sample does. */
    private List<String> command(String language) throws IOException {
        String headers = "'webhook-id': %s, 'webhook-timestamp': %s, 'webhook-signature': %s";
        return switch (language) {
            case "sh" ->
                List.of(
                        "sh",
                        program(
                                "verify.sh",
                                "%s\nif verify \"$SECRET\" \"$ID\" \"$STAMP\" \"$SIGNATURES\"; then echo true; else"
                                        + " echo false; fi",
                                language));
            case "js" ->
                List.of(
                        "node",
                        program(
                                "verify.mjs",
                                "import { readFileSync } from 'node:fs';\n%s\nconst { SECRET, ID, STAMP, SIGNATURES } ="
                                        + " process.env;\nconsole.log(verify(SECRET, { "
                                        + headers.formatted("ID", "STAMP", "SIGNATURES") + " }, readFileSync(0)));",
                                language));
            case "python" ->
                List.of(
                        "python3",
                        program(
                                "verify.py",
                                "%s\nimport os, sys\ne = os.environ\nprint(str(verify(e['SECRET'], {"
                                        + headers.formatted("e['ID']", "e['STAMP']", "e['SIGNATURES']")
                                        + "}, sys.stdin.buffer.read())).lower())",
                                language));
            case "php" ->
                List.of(
                        "php",
                        program(
                                "verify.php",
                                "<?php\n%s\necho verify(getenv('SECRET'), ["
                                        + headers.replace(":", " =>")
                                                .formatted("getenv('ID')", "getenv('STAMP')", "getenv('SIGNATURES')")
                                        + "], file_get_contents('php://stdin')) ? 'true' : 'false';",
                                language));
            default ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        program(
                                "Verify.java",
                                "import java.nio.charset.StandardCharsets;\nimport java.security.MessageDigest;\n"
                                        + "import java.time.Instant;\nimport java.util.Base64;\n"
                                        + "import javax.crypto.Mac;\nimport javax.crypto.spec.SecretKeySpec;\n"
                                        + "class Verify {\n%s\npublic static void main(String[] none) throws Exception {\n"
                                        + "System.out.println(verify(System.getenv(\"SECRET\"), System.getenv(\"ID\"),"
                                        + " System.getenv(\"STAMP\"), System.getenv(\"SIGNATURES\"),"
                                        + " System.in.readAllBytes()));\n}\n}",
                                language));
        };
    }

    private String program(String file, String frame, String language) throws IOException {
        String document = Files.readString(Path.of("src/docs/integration.md"));
        Matcher sample = Pattern.compile("```" + language + "\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(document.substring(document.indexOf("## Verifying a request")));
        assertThat(sample.find()).as("a sample in %s", language).isTrue();
        String source = frame.replaceFirst("%s", Matcher.quoteReplacement(sample.group(1)));
        return Files.write(folder.resolve(file), source.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, program.equals("sh") ? "-c" : "--version", "openssl version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
