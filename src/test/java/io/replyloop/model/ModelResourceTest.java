package io.replyloop.model;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelResourceTest {
    private static final String ADMIN = "3f1e5c1e-0c39-4b5f-8e3d-0d6a2b1f0001";

    @Inject
    ModelRegistry registry;

    @Inject
    EntityManager database;

    private TestModels models;

    @BeforeEach
    void anAdmin() {
        models = new TestModels(registry, database);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("insert into agent_account (id, email, name, password_hash, role)"
                                + " values (:id, 'models@example.org', 'Ada', 'none', 'admin')")
                        .setParameter("id", UUID.fromString(ADMIN))
                        .executeUpdate());
    }

    @AfterEach
    void cleanUp() {
        models.cleanUp();
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("delete from agent_account where id = :id")
                        .setParameter("id", UUID.fromString(ADMIN))
                        .executeUpdate());
    }

    @Test
    @TestSecurity(
            user = ADMIN,
            roles = {"agent", "admin"})
    void an_admin_promotes_a_version_and_the_list_says_who_and_when() {
        ModelVersionView model = models.registered();

        given().post("/api/models/{id}/promote", model.id())
                .then()
                .statusCode(200)
                .body("serving", equalTo(true));

        given().get("/api/models")
                .then()
                .statusCode(200)
                .body("[0].id", equalTo(model.id().toString()))
                .body("[0].serving", equalTo(true))
                .body("[0].promotedBy", equalTo(ADMIN))
                .body("[0].promotedAt", notNullValue())
                .body("findAll { it.serving }.size()", equalTo(1));
    }

    @Test
    @TestSecurity(
            user = ADMIN,
            roles = {"agent", "admin"})
    void a_damaged_version_is_answered_with_the_name_of_its_file() throws IOException {
        ModelVersionView model = models.registered();
        Files.delete(model.directory().resolve("config.json"));

        given().post("/api/models/{id}/promote", model.id())
                .then()
                .statusCode(422)
                .body("code", equalTo("model-damaged"))
                .body("detail", containsString("config.json is missing"));

        assertThat(models.promotionsOf(model.id())).isEqualTo(0);
    }

    @Test
    @TestSecurity(
            user = ADMIN,
            roles = {"agent", "admin"})
    void a_version_that_does_not_exist_is_not_found() {
        given().post("/api/models/{id}/promote", UUID.randomUUID()).then().statusCode(404);
        given().post("/api/models/not-a-number/promote").then().statusCode(404);
    }

    @Test
    @TestSecurity(user = ADMIN, roles = "agent")
    void an_agent_may_neither_see_nor_promote() {
        ModelVersionView model = models.registered();

        given().get("/api/models").then().statusCode(403);
        given().post("/api/models/{id}/promote", model.id()).then().statusCode(403);

        assertThat(models.promotionsOf(model.id())).isEqualTo(0);
    }

    @Test
    void a_stranger_may_neither_see_nor_promote() {
        ModelVersionView model = models.registered();

        given().get("/api/models").then().statusCode(401);
        given().post("/api/models/{id}/promote", model.id()).then().statusCode(401);

        assertThat(models.promotionsOf(model.id())).isEqualTo(0);
    }
}
