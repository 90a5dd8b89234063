package io.replyloop.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.replyloop.platform.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedAddressesTest {
    private final ObjectMapper json = new ObjectMapper();
    private final Discovery discovery = new Discovery(json);
    private HttpServer server;
    private String issuer;
    private Map<String, String> document;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        document = new HashMap<>(Map.of(
                "issuer", issuer,
                "authorization_endpoint", issuer + "/authorize",
                "token_endpoint", issuer + "/token",
                "jwks_uri", issuer + "/keys?policy=sign-in",
                "end_session_endpoint", issuer + "/end"));
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            byte[] answer = path.equals("/keys?policy=sign-in")
                    ? "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)
                    : json.writeValueAsBytes(document);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_a_provider_publishes_is_read_and_its_keys_may_have_a_query() throws IOException {
        Discovery.Published published = discovery.published(issuer);
        assertThat(published.signOut()).isEqualTo(issuer + "/end");
        assertThat(discovery.keys(published).getJsonWebKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "http://company.example/end", "//company.example", "no address"})
    void no_browser_is_sent_to_what_is_no_secure_address(String signOut) {
        document.put("end_session_endpoint", signOut);
        assertThat(discovery.published(issuer).signOut()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://company.example/keys", "file:///etc/keys"})
    void keys_that_somebody_between_could_change_are_not_taken(String keys) {
        document.put("jwks_uri", keys);
        assertThatThrownBy(() -> discovery.published(issuer))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("jwks_uri");
    }
}
