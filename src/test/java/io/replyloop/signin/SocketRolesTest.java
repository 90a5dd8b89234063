package io.replyloop.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The session cookie opens WebSockets as it opens REST, by role. */
@QuarkusTest
class SocketRolesTest {
    @Inject
    Team team;

    @TestHTTPResource
    URI server;

    @WebSocket(path = "/ws/test-only-admins")
    @RolesAllowed("admin")
    static class AdminSocket {
        @Inject
        SecurityIdentity identity;

        @OnOpen
        String greet() {
            return CurrentAgent.of(identity).email();
        }
    }

    private CompletableFuture<String> greeting(String cookie) {
        CompletableFuture<String> greeting = new CompletableFuture<>();
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (cookie != null) {
            builder.header("Cookie", SessionCookie.NAME + "=" + cookie);
        }
        URI socket = URI.create("ws://" + server.getAuthority() + "/ws/test-only-admins");
        builder.buildAsync(socket, new java.net.http.WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(java.net.http.WebSocket open, CharSequence text, boolean last) {
                        greeting.complete(text.toString());
                        return null;
                    }
                })
                .whenComplete((open, failure) -> {
                    if (failure != null) {
                        greeting.completeExceptionally(failure);
                    }
                });
        return greeting;
    }

    private int refusal(String cookie) {
        try {
            greeting(cookie).join();
            return 101;
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause();
            while (!(cause instanceof WebSocketHandshakeException)) {
                cause = cause.getCause();
            }
            return ((WebSocketHandshakeException) cause).getResponse().statusCode();
        }
    }

    @Test
    void the_right_role_comes_in_and_is_known() {
        Member admin = team.newMember(Role.ADMIN);
        assertThat(greeting(admin.cookie()).join()).isEqualTo(admin.agent().email());
    }

    @Test
    void another_role_and_nobody_stay_out() {
        assertThat(refusal(team.newMember(Role.AGENT).cookie())).isEqualTo(403);
        assertThat(refusal(null)).isEqualTo(401);
        assertThat(refusal("made-up")).isEqualTo(401);
    }
}
