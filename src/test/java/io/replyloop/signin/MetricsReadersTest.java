package io.replyloop.signin;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsReadersTest {
    @Test
    void strangers_read_no_metrics() {
        given().get("/metrics").then().statusCode(401);
        given().header("Authorization", "Bearer guess").get("/metrics").then().statusCode(401);
    }

    @Test
    @TestSecurity(user = "00000000-0000-0000-0000-000000000001", roles = "agent")
    void agents_read_no_metrics() {
        given().get("/metrics").then().statusCode(403);
    }

    @Test
    @TestSecurity(
            user = "00000000-0000-0000-0000-000000000001",
            roles = {"agent", "admin"})
    void admins_read_them() {
        given().get("/metrics").then().statusCode(200);
    }

    @Test
    void a_monitoring_system_with_the_token_reads_them() {
        given().header("Authorization", "Bearer metrics-token-of-the-tests")
                .get("/metrics")
                .then()
                .statusCode(200);
    }
}
