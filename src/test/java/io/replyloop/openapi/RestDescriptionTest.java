package io.replyloop.openapi;

import static io.replyloop.signin.Team.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.edge.EdgeConfig;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the description of the REST interface owes to those who generate clients from it. */
@QuarkusTest
class RestDescriptionTest {
    private static final Path COMMITTED = Path.of("src/docs/openapi.json");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    /** Without signing in. */
    private static final Set<String> FOR_EVERYBODY = Set.of(
            "listWaysToSignIn",
            "issueCustomerToken",
            "signIn",
            "checkSetupToken",
            "makeFirstAdmin",
            "checkAccountLink",
            "acceptInvitation",
            "replaceForgottenPassword",
            "beginSecondFactorAtSignIn",
            "askForPassword",
            "getPasswordMails",
            "getWidget",
            "getSiteLogo",
            "judgeFrequentAnswer");

    @Inject
    Team team;

    @Inject
    Sites sites;

    @Inject
    CustomerTokens tokens;

    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = JSON.readTree(given().queryParam("format", "json")
                .get("/api/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    /** Clients and the pages' types are generated from the file, so it is what is served; -Dopenapi.update writes it. */
    @Test
    void the_committed_file_is_what_the_server_serves() throws IOException {
        String served = JSON.writeValueAsString(JSON.treeToValue(document, Object.class)) + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(COMMITTED, served);
        }
        assertThat(served).as("pass the test once with -Dopenapi.update=true").isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void the_example_of_a_body_that_is_late_names_the_default() {
        // The settings of the tests are shorter ones.
        EdgeConfig defaults = new SmallRyeConfigBuilder()
                .withMapping(EdgeConfig.class)
                .build()
                .getConfigMapping(EdgeConfig.class);
        assertThat(document.findValuesAsText("detail"))
                .contains(
                        "The body did not come within " + defaults.bodyWithin().toSeconds() + " s. Send it again.");
    }

    @Test
    void every_operation_has_an_id_of_its_own_a_summary_and_a_tag() {
        Set<String> ids = new HashSet<>();
        operations((where, operation) -> {
            String id = operation.path("operationId").asText();
            assertThat(id).as(where).isNotEmpty();
            assertThat(ids.add(id)).as("%s is taken by another operation", id).isTrue();
            assertThat(operation.path("summary").asText()).as(where).contains(" ");
            assertThat(operation.path("tags")).as(where).hasSize(1);
        });
    }

    @Test
    void every_operation_says_who_may_call_it() {
        JsonNode schemes = document.at("/components/securitySchemes");
        operations((where, operation) -> {
            boolean open = FOR_EVERYBODY.contains(operation.path("operationId").asText());
            assertThat(operation.path("security").isEmpty()).as(where).isEqualTo(open);
            operation
                    .path("security")
                    .forEach(requirement -> requirement
                            .fieldNames()
                            .forEachRemaining(scheme ->
                                    assertThat(schemes.has(scheme)).as(scheme).isTrue()));
        });
    }

    @Test
    void every_operation_describes_its_success_and_its_errors() {
        operations((where, operation) -> {
            JsonNode responses = operation.path("responses");
            List<String> successes = new ArrayList<>();
            responses.properties().forEach(response -> {
                String status = response.getKey();
                JsonNode told = resolved(response.getValue());
                assertThat(told.path("description").asText())
                        .as("%s %s", where, status)
                        .isNotEmpty();
                if (status.startsWith("2")) {
                    successes.add(status);
                }
                if (!status.equals("204")) {
                    assertThat(told.at("/content").isEmpty())
                            .as("%s %s has no body", where, status)
                            .isFalse();
                    told.at("/content")
                            .forEach(body -> assertThat(body.path("schema").isEmpty())
                                    .as("%s %s has a body of no kind", where, status)
                                    .isFalse());
                }
            });
            assertThat(successes).as(where).isNotEmpty();
            assertThat(responses.fieldNames()).toIterable().as(where).contains("429", "500", "503");
            if (where.contains("{")) {
                assertThat(responses.has("404")).as(where).isTrue();
            }
        });
    }

    @Test
    void every_parameter_and_every_property_is_described() {
        List<String> silent = new ArrayList<>();
        operations((where, operation) -> operation.path("parameters").forEach(parameter -> {
            if (parameter.path("description").asText().isEmpty()) {
                silent.add(where + " " + parameter.path("name").asText());
            }
        }));
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(property -> {
                            if (property.getValue().path("description").asText().isEmpty()) {
                                silent.add(schema.getKey() + "." + property.getKey());
                            }
                        }));
        assertThat(silent).isEmpty();
    }

    @Test
    void everything_that_is_sent_as_json_has_an_example() {
        operations((where, operation) -> {
            JsonNode schema = resolved(operation.at("/requestBody/content/application~1json/schema"));
            if (!schema.isMissingNode() && schema.has("properties")) {
                boolean anyExample =
                        !schema.path("properties").findValues("examples").isEmpty()
                                || resolvedProperties(schema).stream().anyMatch(property -> property.has("examples"));
                assertThat(anyExample)
                        .as("%s: no property has an example", where)
                        .isTrue();
            }
        });
    }

    @Test
    void every_reference_leads_somewhere() {
        document.findValues("$ref")
                .forEach(reference -> assertThat(at(reference.asText()).isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }

    @Test
    void what_is_no_value_of_a_querys_parameter_is_refused_by_its_name() {
        Team.Member admin = team.newMember(Role.ADMIN);
        Set<String> limits = new TreeSet<>();
        operations((where, operation) -> operation.path("parameters").forEach(parameter -> {
            if (!where.startsWith("get ") || !parameter.path("in").asText().equals("query")) {
                return;
            }
            String name = parameter.path("name").asText();
            JsonNode schema = resolved(parameter.path("schema"));
            String address = where.substring("get ".length())
                    .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
            for (String value : notOf(schema)) {
                Response answer = caller(admin, address).queryParam(name, value).get(address);
                assertThat(answer.statusCode())
                        .as("%s %s=\"%s\"", where, name, value)
                        .isEqualTo(400);
                answer.then().contentType("application/problem+json");
                JsonNode problem = answer.as(JsonNode.class);
                assertThat(problem.path("code").textValue()).isEqualTo("invalid");
                assertThat(problem.path("detail").textValue()).startsWith(name + ": ");
                assertThat(problem.at("/violations/0/field").textValue()).isEqualTo(name);
            }
            if (name.equals("limit")) {
                limits.add(where + " " + schema.path("minimum") + " to " + schema.path("maximum"));
            }
        }));
        assertThat(limits).hasSizeGreaterThan(3).allMatch(limit -> limit.endsWith(" 1 to 200"));
    }

    private static List<String> notOf(JsonNode schema) {
        List<String> values = new ArrayList<>();
        switch (schema.path("type").asText() + schema.path("format").asText()) {
            case "integerint32", "integerint64" -> {
                values.addAll(List.of(" ", "x", "1.5", "1e2", "0x1", "2147483648000", "99999999999999999999", "-1"));
                if (schema.path("format").asText().equals("int64")) {
                    values.remove("2147483648000");
                }
                if (schema.has("maximum")) {
                    values.add(String.valueOf(schema.path("maximum").asLong() + 1));
                    values.add(String.valueOf(schema.path("minimum").asLong() - 1));
                }
            }
            case "boolean" -> values.addAll(List.of("yes", "1", "TRUE"));
            case "stringuuid" -> values.addAll(List.of("x", "123"));
            default ->
                assertThat(schema.path("type").asText())
                        .as("%s has a reader", schema)
                        .isEqualTo("string");
        }
        return values;
    }

    @Test
    void a_made_up_word_for_true_imports_nothing() {
        as(team.newMember(Role.ADMIN))
                .queryParam("dryRun", "yes")
                .header("X-Replyloop", "1")
                .contentType("text/csv")
                .body("title,text\nHours,We open at nine\n")
                .post("/api/replies/import")
                .then()
                .statusCode(400)
                .body("detail", equalTo("dryRun: must be true or false"));
    }

    @Test
    void a_path_that_names_nothing_is_not_found_whatever_it_has_in_place_of_an_id() {
        Team.Member admin = team.newMember(Role.ADMIN);
        operations((where, operation) -> {
            if (where.startsWith("get ") && where.contains("{")) {
                String address = where.substring("get ".length()).replaceAll("\\{\\w+}", "abc");
                caller(admin, address).get(address).then().statusCode(404).body("code", equalTo("not-found"));
            }
        });
    }

    /** Who may ask for that. */
    private RequestSpecification caller(Team.Member admin, String address) {
        return address.startsWith("/api/customer/")
                ? given().header("Authorization", "Bearer " + customerToken())
                : as(admin);
    }

    private String customerToken() {
        String key = sites.create(new SiteSettings("Shop", List.of(), null, "", "", false))
                .key();
        return tokens.issue(key, null, null).token();
    }

    private void operations(BiConsumer<String, JsonNode> check) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        check.accept(method.getKey() + " " + path.getKey(), method.getValue());
                    }
                }));
    }

    private List<JsonNode> resolvedProperties(JsonNode schema) {
        List<JsonNode> properties = new ArrayList<>();
        schema.path("properties")
                .forEach(property -> resolved(property).path("properties").forEach(properties::add));
        return properties;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? at(node.path("$ref").asText()) : node;
    }

    private JsonNode at(String reference) {
        return document.at(reference.substring(1));
    }
}
