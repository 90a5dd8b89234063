package io.replyloop.platform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartupTest {
    @Test
    void the_application_starts_on_a_real_database_and_says_that_it_is_well() {
        given().get("/api/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void an_address_that_does_not_exist_is_answered_with_a_problem_document() {
        given().get("/api/no-such-thing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not-found"));
    }
}
