package io.replyloop.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.impl.VertxBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionGateTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static ConnectionGate gate(int ofAddress, int altogether, boolean behindProxy) {
        SmallRyeConfig settings = new SmallRyeConfigBuilder()
                .withMapping(EdgeConfig.class)
                .withDefaultValues(Map.of(
                        "replyloop.edge.connections-per-address",
                        String.valueOf(ofAddress),
                        "replyloop.edge.connections",
                        String.valueOf(altogether)))
                .build();
        return new ConnectionGate(settings.getConfigMapping(EdgeConfig.class), Duration.ofMinutes(1), behindProxy);
    }

    @Test
    void an_address_has_its_share_and_gets_it_back() {
        ConnectionGate gate = gate(2, 3, false);
        assertThat(gate.enter("a")).isTrue();
        assertThat(gate.enter("a")).isTrue();
        assertThat(gate.enter("a")).isFalse();
        assertThat(gate.enter("b")).isTrue();
        assertThat(gate.enter("c")).isFalse();
        gate.leave("a");
        assertThat(gate.enter("c")).isTrue();
    }

    @Test
    void behind_a_proxy_all_have_its_address_so_only_the_total_counts() {
        ConnectionGate gate = gate(2, 3, true);
        assertThat(gate.enter("proxy")).isTrue();
        assertThat(gate.enter("proxy")).isTrue();
        assertThat(gate.enter("proxy")).isTrue();
        assertThat(gate.enter("proxy")).isFalse();
    }

    @Test
    void the_201st_socket_of_an_address_is_closed_at_once_and_other_addresses_get_through() throws Exception {
        VertxBuilder builder = new VertxBuilder().findTransport(new GatedTransport(gate(200, 1_000, false)));
        Vertx vertx = builder.init().vertx();
        List<RawClient> open = new ArrayList<>();
        try {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("Hello."))
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            URI address = URI.create("http://localhost:" + server.actualPort());
            // Silent ones count, too: whoever has not sent a byte holds a file.
            for (int index = 0; index < 199; index++) {
                open.add(new RawClient(address, "127.0.0.21"));
            }
            open.add(new RawClient(address, "127.0.0.21"));
            assertThat(open.get(199).send(REQUEST).status()).isEqualTo(200);

            try (RawClient oneMore = new RawClient(address, "127.0.0.21");
                    RawClient other = new RawClient(address, "127.0.0.22")) {
                assertThat(oneMore.isRefused(REQUEST)).isTrue();
                assertThat(other.send(REQUEST).status()).isEqualTo(200);
            }

            open.remove(0).close();
            await().until(() -> {
                try (RawClient next = new RawClient(address, "127.0.0.21")) {
                    return !next.isRefused(REQUEST);
                }
            });
        } finally {
            open.forEach(RawClient::close);
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
