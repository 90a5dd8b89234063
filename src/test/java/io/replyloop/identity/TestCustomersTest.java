package io.replyloop.identity;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed-in customers of the test page. */
@QuarkusTest
class TestCustomersTest {
    @Inject
    CustomerTokens tokens;

    @Inject
    Sites sites;

    @Inject
    Team team;

    private Member admin;
    private SiteView site;

    @BeforeEach
    void aWebsiteForSignedInCustomers() {
        admin = team.newMember(Role.ADMIN);
        site = sites.create(new SiteSettings("Shop", List.of(), null, null, null, true));
    }

    private Response sign(Member who, String name) {
        return (who == null ? nobody() : as(who)).body(Map.of("name", name)).post(address(site.id()));
    }

    private static String address(UUID id) {
        return "/api/sites/" + id + "/test-customer";
    }

    /** The customer as whom the chat goes on that is given this. */
    private CustomerIdentity customer(Response signed) {
        String identity = signed.then().statusCode(200).extract().path("identity");
        String token = nobody().body(Map.of("site", site.key(), "identity", identity))
                .post("/api/customer/token")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
        return tokens.pass(token).customer();
    }

    @Test
    void an_admin_is_one_signed_in_customer_of_a_website_and_another_admin_is_another() {
        sites.renewIdentitySecret(site.id(), Duration.ZERO);

        CustomerIdentity mine = customer(sign(admin, " Test customer "));

        assertThat(mine.name()).isEqualTo("Test customer");
        assertThat(mine.vouchedFor()).isTrue();
        assertThat(customer(sign(admin, "测试客户")).id()).isEqualTo(mine.id());
        assertThat(customer(sign(team.newMember(Role.ADMIN), "Test customer")).id())
                .isNotEqualTo(mine.id());
    }

    @Test
    void only_admins_are_vouched_for() {
        sites.renewIdentitySecret(site.id(), Duration.ZERO);

        sign(team.newMember(Role.AGENT), "Test customer").then().statusCode(403);
        sign(null, "Test customer").then().statusCode(401);
    }

    @Test
    void a_website_without_a_secret_vouches_for_nobody_and_says_what_to_do() {
        sign(admin, "Test customer").then().statusCode(409).body("code", equalTo("conflict"));
        as(admin)
                .body(Map.of("name", "x"))
                .post(address(UUID.randomUUID()))
                .then()
                .statusCode(404);
        as(admin)
                .body(Map.of("name", "x"))
                .post(address(Sites.ELSEWHERE))
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "Anna\u202E", "two\nlines"})
    void a_name_that_cannot_be_read_is_refused(String name) {
        sites.renewIdentitySecret(site.id(), Duration.ZERO);

        sign(admin, name).then().statusCode(400).body("violations[0].field", equalTo("name"));
    }
}
