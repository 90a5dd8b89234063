package io.replyloop.live;

import io.quarkus.test.common.http.TestHTTPResource;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Fixture for WebSocket tests: customers with tokens, agents with sessions, and their connections. */
abstract class LiveTest {
    @Inject
    Sites sites;

    @Inject
    CustomerTokens tokens;

    @Inject
    Team team;

    @Inject
    ConversationService conversations;

    @TestHTTPResource
    URI server;

    private final List<SocketClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() {
        clients.forEach(SocketClient::close);
    }

    record Visitor(String token, CustomerIdentity identity) {}

    Visitor visitor() {
        String key = sites.create(new SiteSettings("Shop", List.of(), null, "", "", false))
                .key();
        String token = tokens.issue(key, null, null).token();
        return new Visitor(token, tokens.pass(token).customer());
    }

    SocketClient customer() {
        return opened(SocketClient.customer(server.getPort()));
    }

    /** A connection that has received its welcome. */
    SocketClient customer(Visitor visitor, long after) {
        SocketClient client = customer();
        client.send("hello", "token", visitor.token(), "after", after);
        client.next("welcome");
        return client;
    }

    SocketClient agent(Team.Member member) {
        SocketClient client = opened(SocketClient.agent(server.getPort(), member.cookie()));
        client.next("welcome");
        return client;
    }

    SocketClient agent() {
        return agent(team.newMember(Role.AGENT));
    }

    SocketClient opened(SocketClient client) {
        clients.add(client);
        return client;
    }
}
