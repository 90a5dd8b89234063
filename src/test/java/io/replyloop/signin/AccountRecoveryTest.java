package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountRecoveryTest {
    private static final String ANOTHER = "staple the correct horse";

    @Inject
    Team team;

    @Inject
    Agents agents;

    @Inject
    UnpooledConnections connections;

    @Inject
    AuditEntries entries;

    private Member anna;

    @BeforeEach
    void anna() {
        team.sql("delete from sign_in_failure where address <> :value", "");
        anna = team.newMember(Role.ADMIN);
    }

    private String token(String email, boolean withoutSecondFactor) throws SQLException {
        try (Connection database = connections.open(Map.of())) {
            String path = AccountRecovery.link(database, email, withoutSecondFactor);
            return path.substring(path.indexOf('#') + 1);
        }
    }

    private void secondFactor() {
        String secret = as(anna).body(Map.of("current", Team.PASSWORD))
                .post("/api/session/second-factor")
                .path("secret");
        as(anna).body(Map.of("code", Authenticator.code(secret, 0)))
                .post("/api/session/second-factor/confirm")
                .then()
                .statusCode(200);
    }

    private int signsInWith(String password) {
        return nobody().body(Map.of("email", anna.agent().email(), "password", password))
                .post("/api/session")
                .statusCode();
    }

    private static void newPassword(String token) {
        nobody().body(Map.of("token", token, "password", ANOTHER))
                .post("/api/account-links/password")
                .then()
                .statusCode(204);
    }

    @Test
    void somebody_at_the_server_makes_a_link_for_the_last_admin_and_the_second_step_stays() throws SQLException {
        secondFactor();
        long start = entries.newest();
        String token = token(anna.agent().email().toUpperCase(Locale.ROOT), false);
        assertThat(entries.after(start))
                .extracting(entry -> entry.actorKind() + " " + entry.action())
                .containsExactly("command-line account.password-link-made");
        newPassword(token);
        assertThat(signsInWith(ANOTHER)).isEqualTo(401);
    }

    @Test
    void it_switches_the_second_step_off_where_that_is_asked_for() throws SQLException {
        secondFactor();
        long start = entries.newest();
        newPassword(token(anna.agent().email(), true));
        as(anna).get("/api/session").then().statusCode(401);
        assertThat(signsInWith(ANOTHER)).isEqualTo(200);
        assertThat(entries.after(start))
                .extracting(entry -> entry.actorKind() + " " + entry.action())
                .contains("command-line account.second-factor-removed", "command-line session.ended");
    }

    @Test
    void nobody_else_gets_one() {
        agents.deactivate(anna.agent().id());
        assertThatThrownBy(() -> token(anna.agent().email(), false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> token("nobody@team.example", true)).isInstanceOf(IllegalArgumentException.class);
    }
}
