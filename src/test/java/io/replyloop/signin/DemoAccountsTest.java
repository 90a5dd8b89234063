package io.replyloop.signin;

import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Agents;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DemoAccountsTest {
    @Inject
    DemoAccounts demo;

    @Inject
    Agents agents;

    private static int signIn() {
        return nobody().body(Map.of("email", "anna@demo.example", "password", DemoAccounts.PASSWORD))
                .post("/api/session")
                .statusCode();
    }

    @Test
    void demo_accounts_are_made_in_the_demo_only_and_locked_when_its_database_meets_production() {
        assertThat(agents.list()).noneMatch(account -> account.email().endsWith("@demo.example"));
        demo.prepare(List.of("demo"));
        demo.prepare(List.of("demo"));
        demo.prepare(List.of("dev"));
        demo.prepare(List.of("test"));
        assertThat(signIn()).isEqualTo(200);
        demo.prepare(List.of("staging"));
        assertThat(signIn()).isEqualTo(401);
        assertThat(agents.list())
                .filteredOn(account -> account.email().endsWith("@demo.example"))
                .hasSize(3)
                .noneMatch(account -> account.active());
    }
}
