package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void end() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** HSTS follows from this. */
    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com,true",
        "HTTPS://chat.example.com/,true",
        "http://chat.example.com,false",
        ",false"
    })
    void browsers_come_by_tls_where_the_public_address_says_so_even_if_the_proxy_does_not(String set, boolean secure)
            throws Exception {
        PublicAddress address = new PublicAddress(Optional.ofNullable(set));
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(request -> request.response().end(Boolean.toString(address.isSecure(request))))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(answer).isEqualTo(Boolean.toString(secure));
    }

    @Test
    void printed_links_begin_with_the_public_address() {
        assertThat(new PublicAddress(Optional.of("https://chat.example.com/")).linkBase(8080))
                .isEqualTo("https://chat.example.com");
        assertThat(new PublicAddress(Optional.empty()).linkBase(8080)).isEqualTo("http://localhost:8080");
    }
}
