package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {
    /** What a proxy that ends TLS passes on. */
    private static HttpServerRequest plainRequest() {
        return (HttpServerRequest) Proxy.newProxyInstance(
                PublicAddressTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (self, method, args) -> {
                    assertThat(method.getName()).isEqualTo("scheme");
                    return "http";
                });
    }

    /** HSTS follows from this. */
    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com,true",
        "HTTPS://chat.example.com/,true",
        "http://chat.example.com,false",
        ",false"
    })
    void browsers_come_by_tls_where_the_public_address_says_so_even_if_the_proxy_does_not(String set, boolean secure) {
        assertThat(new PublicAddress(Optional.ofNullable(set)).isSecure(plainRequest()))
                .isEqualTo(secure);
    }

    @Test
    void printed_links_begin_with_the_public_address() {
        assertThat(new PublicAddress(Optional.of("https://chat.example.com/")).linkBase("http", 8080))
                .isEqualTo("https://chat.example.com");
        assertThat(new PublicAddress(Optional.empty()).linkBase("http", 8080)).isEqualTo("http://localhost:8080");
    }

    /** Elsewhere it would be taken as it was typed: with a slash at its end, or as no address at all. */
    @Test
    void the_setting_is_read_in_one_place() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(Files::isRegularFile)
                            .filter(source -> contents(source).contains("\"replyloop.public-address\"")))
                    .map(source -> source.getFileName().toString())
                    .containsExactly("PublicAddress.java");
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
