package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.mail.PostOffice;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links by mail: of invitations, and for forgotten passwords. */
@QuarkusTest
class AccountMailsTest {
    private static final Pattern LINK = Pattern.compile("/join/#([A-Za-z0-9_-]{43})");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Team team;

    private static String tokenIn(MimeMessage mail) {
        Matcher link = LINK.matcher(PostOffice.text(mail));
        assertThat(link.find()).as(PostOffice.text(mail)).isTrue();
        return link.group(1);
    }

    private static void asks(String email, String language) {
        nobody().header("Accept-Language", language)
                .body(Map.of("email", email))
                .post("/api/forgotten-passwords")
                .then()
                .statusCode(204);
    }

    private void awaitAnswered() {
        await().atMost(PATIENCE)
                .until(() -> team.count("select count(*) from forgotten_password where email <> :value", "") == 0);
    }

    private static int checks(String token) {
        return nobody().body(Map.of("token", token))
                .post("/api/account-links/check")
                .statusCode();
    }

    private static int signsIn(String email, String password) {
        return nobody().header("X-Replyloop", "1")
                .body(Map.of("email", email, "password", password))
                .post("/api/session")
                .statusCode();
    }

    @Test
    void an_invitation_is_mailed_in_the_language_of_the_page_and_its_link_is_nowhere_readable() {
        Team.Member admin = team.newMember("Anna", Role.ADMIN);
        String email = UUID.randomUUID() + "@new.example";
        try (PostOffice office = PostOffice.open()) {
            String path = as(admin)
                    .header("Accept-Language", "zh")
                    .body(Map.of("email", email, "name", "本 <b>", "role", "agent"))
                    .post("/api/invitations")
                    .then()
                    .statusCode(200)
                    .body("mailed", equalTo(true))
                    .extract()
                    .path("path");
            MimeMessage mail = office.awaitTo(email);

            assertThat(PostOffice.text(mail)).contains("本 <b>，您好", "Anna 邀请您").contains(path);
            assertThat(PostOffice.html(mail)).contains("本 &lt;b&gt;", "lang=\"zh\"");
            assertThat(checks(tokenIn(mail))).isEqualTo(200);
            assertThat(team.count("select count(*) from mail m where m::text like '%' || :value || '%'", path))
                    .isZero();
            await().atMost(PATIENCE)
                    .until(() -> team.count(
                                    "select count(*) from mail where recipient = :value and state = 'sent'"
                                            + " and sealed is null",
                                    email)
                            == 1);
        }
    }

    @Test
    void whoever_has_forgotten_their_password_gets_a_link_that_works_once_and_ends_their_sessions() {
        Team.Member ben = team.newMember("Ben", Role.AGENT);
        String email = ben.agent().email();
        try (PostOffice office = PostOffice.open()) {
            asks(email.toUpperCase(Locale.ROOT), "en");
            String token = tokenIn(office.awaitTo(email));
            assertThat(checks(token)).isEqualTo(200);
            as(ben).get("/api/session").then().statusCode(200);

            nobody().body(Map.of("token", token, "password", "a wholly different phrase"))
                    .post("/api/account-links/password")
                    .then()
                    .statusCode(204);
            as(ben).get("/api/session").then().statusCode(401);
            assertThat(signsIn(email, "a wholly different phrase")).isEqualTo(200);
            assertThat(checks(token)).isEqualTo(404);
            nobody().body(Map.of("token", token, "password", "yet another phrase"))
                    .post("/api/account-links/password")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void the_answer_is_the_same_for_unknown_and_closed_accounts_which_get_no_mail() {
        Team.Member closed = team.newMember("Cleo", Role.AGENT);
        team.sql(
                "update agent_account set active = false where email = :value",
                closed.agent().email());
        String unknown = UUID.randomUUID() + "@nobody.example";
        asks(unknown, "en");
        asks(closed.agent().email(), "en");
        awaitAnswered();
        for (String email : new String[] {unknown, closed.agent().email()}) {
            assertThat(team.count("select count(*) from mail where recipient = :value", email))
                    .as(email)
                    .isZero();
        }
        nobody().body(Map.of("email", "no address"))
                .post("/api/forgotten-passwords")
                .then()
                .statusCode(400);
        nobody().get("/api/forgotten-passwords").then().body("offered", equalTo(true));
    }

    @Test
    void asking_often_brings_three_mails_an_hour_and_ends_no_link_of_an_admin() {
        Team.Member admin = team.newMember("Anna", Role.ADMIN);
        Team.Member ben = team.newMember("Ben", Role.AGENT);
        String made = as(admin)
                .post("/api/users/" + ben.agent().id() + "/password-link")
                .then()
                .statusCode(200)
                .body("mailed", equalTo(true))
                .extract()
                .path("path");
        for (int times = 0; times < 5; times++) {
            asks(ben.agent().email(), "en");
        }
        awaitAnswered();
        assertThat(team.count(
                        "select count(*) from mail where kind = 'forgotten-password' and recipient = :value",
                        ben.agent().email()))
                .isEqualTo(3);
        assertThat(checks(made.substring(made.indexOf('#') + 1))).isEqualTo(200);
        assertThat(team.count(
                        "select count(*) from audit_entry where action = 'account.password-link-asked'"
                                + " and object_id = :value",
                        ben.agent().id().toString()))
                .isEqualTo(3);
    }

    @Test
    void a_mailed_link_expires_and_ends_with_a_new_password() {
        Team.Member ben = team.newMember("Ben", Role.AGENT);
        String email = ben.agent().email();
        try (PostOffice office = PostOffice.open()) {
            asks(email, "en");
            String first = tokenIn(office.awaitTo(email));
            asks(email, "en");
            String second = tokenIn(office.awaitTo(email, 2));
            assertThat(checks(first)).isEqualTo(200);
            nobody().body(Map.of("token", second, "password", "a wholly different phrase"))
                    .post("/api/account-links/password")
                    .then()
                    .statusCode(204);
            assertThat(checks(first)).isEqualTo(404);

            asks(email, "en");
            String third = tokenIn(office.awaitTo(email, 3));
            team.sql(
                    "update mailed_password_link set expires_at = now() - interval '1 s' where account_id ="
                            + " (select id from agent_account where email = :value)",
                    email);
            assertThat(checks(third)).isEqualTo(404);
        }
    }
}
