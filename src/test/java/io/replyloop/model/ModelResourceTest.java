package io.replyloop.model;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
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
    @Inject
    ModelRegistry registry;

    @Inject
    EntityManager database;

    @Inject
    Team team;

    private TestModels models;
    private Team.Member admin;

    @BeforeEach
    void anAdmin() {
        models = new TestModels(registry, database);
        admin = team.newMember(Role.ADMIN);
    }

    @AfterEach
    void cleanUp() {
        models.cleanUp();
    }

    @Test
    void an_admin_promotes_a_version_and_the_list_says_who_and_when() {
        ModelVersionView model = models.registered();

        as(admin)
                .post("/api/models/{id}/promote", model.id())
                .then()
                .statusCode(200)
                .body("serving", equalTo(true));

        as(admin)
                .get("/api/models")
                .then()
                .statusCode(200)
                .body("[0].id", equalTo(model.id().toString()))
                .body("[0].serving", equalTo(true))
                .body("[0].promotedBy", equalTo(admin.agent().id().toString()))
                .body("[0].promotedAt", notNullValue())
                .body("findAll { it.serving }.size()", equalTo(1));
    }

    @Test
    void a_damaged_version_is_answered_with_the_name_of_its_file() throws IOException {
        ModelVersionView model = models.registered();
        Files.delete(model.directory().resolve("config.json"));

        as(admin)
                .post("/api/models/{id}/promote", model.id())
                .then()
                .statusCode(422)
                .body("code", equalTo("model-damaged"))
                .body("detail", containsString("config.json is missing"));

        assertThat(models.promotionsOf(model.id())).isEqualTo(0);
    }

    @Test
    void a_version_that_does_not_exist_is_not_found() {
        as(admin).post("/api/models/{id}/promote", UUID.randomUUID()).then().statusCode(404);
        as(admin).post("/api/models/not-a-number/promote").then().statusCode(404);
    }

    @Test
    void an_agent_may_neither_see_nor_promote() {
        ModelVersionView model = models.registered();
        Team.Member agent = team.newMember(Role.AGENT);

        as(agent).get("/api/models").then().statusCode(403);
        as(agent).post("/api/models/{id}/promote", model.id()).then().statusCode(403);

        assertThat(models.promotionsOf(model.id())).isEqualTo(0);
    }

    @Test
    void a_stranger_may_neither_see_nor_promote() {
        ModelVersionView model = models.registered();

        nobody().get("/api/models").then().statusCode(401);
        nobody().post("/api/models/{id}/promote", model.id()).then().statusCode(401);

        assertThat(models.promotionsOf(model.id())).isEqualTo(0);
    }
}
