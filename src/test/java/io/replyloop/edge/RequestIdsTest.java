package io.replyloop.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequestIdsTest {
    private static String answered(String given) {
        return (given == null ? given() : given().header("X-Request-Id", given))
                .get("/api/session")
                .header("X-Request-Id");
    }

    @Test
    void a_request_has_the_id_that_a_proxy_has_given_or_a_new_one() {
        assertThat(answered("proxy-1.a_B")).isEqualTo("proxy-1.a_B");
        assertThat(answered(null)).hasSize(36).isNotEqualTo(answered(null));
        for (String bad : new String[] {"with space", "a".repeat(65), "<b>", "ü"}) {
            assertThat(answered(bad)).hasSize(36);
        }
    }
}
