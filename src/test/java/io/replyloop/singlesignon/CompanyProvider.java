package io.replyloop.singlesignon;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A real OpenID Connect provider, in a process of its own, where Replyloop is registered. */
public final class CompanyProvider implements AutoCloseable {
    public static final String CLIENT = "replyloop";
    public static final String SECRET = "the secret of the tests";

    private final Process process;
    private final String issuer;

    private CompanyProvider(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** @param replyloop the address at which browsers find it */
    public static CompanyProvider start(String replyloop) {
        return start(replyloop, "");
    }

    /** @param end with which it ends its own name, after its address */
    static CompanyProvider start(String replyloop, String end) {
        try {
            Process process = new ProcessBuilder(
                            "node",
                            Path.of("web-ui/tests/identity-provider.mjs").toString(),
                            replyloop,
                            end)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out = process.inputReader();
            String port = out.readLine();
            if (port == null || !port.matches("\\d+")) {
                throw new IllegalStateException("The provider has not started: " + port);
            }
            return new CompanyProvider(process, "http://localhost:" + port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String issuer() {
        return issuer;
    }

    /** @param name with which they sign in there, with any password */
    public void hasPerson(String name, Map<String, ?> claims) {
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of(name, claims))
                .put(issuer + "/people")
                .then()
                .statusCode(204);
    }

    /** Ends like one that is switched off. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
