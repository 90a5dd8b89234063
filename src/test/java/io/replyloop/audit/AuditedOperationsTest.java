package io.replyloop.audit;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.frames.AgentCommand;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Json;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.replyloop.training.TrainingLab;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that admins and agents can change leaves an entry: each operation of the REST interface that changes
 * something is carried out here, or stands in the list of those that leave none, with the reason.
 */
@QuarkusTest
class AuditedOperationsTest {
    /** What agents do over their socket is in the conversation's events and in the decisions already, or changes nothing. */
    private static final Map<Class<? extends AgentCommand>, String> COMMANDS = Map.ofEntries(
            Map.entry(AgentCommand.Send.class, "an event of the conversation, and a decision"),
            Map.entry(AgentCommand.Note.class, "an event of the conversation"),
            Map.entry(AgentCommand.Draft.class, "what has not been said yet, which nobody else sees"),
            Map.entry(AgentCommand.Take.class, "an event of the conversation"),
            Map.entry(AgentCommand.Release.class, "an event of the conversation"),
            Map.entry(AgentCommand.Transfer.class, "an event of the conversation"),
            Map.entry(AgentCommand.Availability.class, "whether somebody is at their desk, which nobody is to keep"),
            Map.entry(AgentCommand.Supervise.class, "changes nothing"),
            Map.entry(AgentCommand.Status.class, "an event of the conversation"),
            Map.entry(AgentCommand.Inbox.class, "an event of the conversation"),
            Map.entry(AgentCommand.Reject.class, "a decision"),
            Map.entry(AgentCommand.Read.class, "a mark, which each look moves"),
            Map.entry(AgentCommand.Typing.class, "changes nothing"),
            Map.entry(AgentCommand.Open.class, "changes nothing"),
            Map.entry(AgentCommand.Close.class, "changes nothing"),
            Map.entry(AgentCommand.Ping.class, "changes nothing"));

    private static final String NEW_PASSWORD = "a wholly different phrase";

    @Inject
    Team team;

    @Inject
    TrainingLab lab;

    @Inject
    AuditEntries entries;

    @Inject
    ExampleOperations examples;

    @Inject
    TestChat chat;

    /** What each operation has written, by who and what: the operation's name, then {@code kind action}. */
    private final Map<String, List<String>> written = new TreeMap<>();

    private final Set<String> secrets = new TreeSet<>();

    @BeforeEach
    void setUp() {
        lab.setUp();
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    private Response does(String operation, RequestSpecification request, String method, String address) {
        long before = entries.newest();
        Response answer = request.request(method, address);
        answer.then().log().ifError().statusCode(lessThan(300));
        // To its end: a long import says that it lives before it has done anything.
        answer.asByteArray();
        written.computeIfAbsent(operation, name -> new ArrayList<>())
                .addAll(entries.after(before).stream()
                        .map(entry -> entry.actorKind() + " " + entry.action())
                        .toList());
        return answer;
    }

    private static Set<String> changingOperations() throws IOException {
        JsonNode paths =
                Json.MAPPER.readTree(Path.of("src/docs/openapi.json").toFile()).path("paths");
        Set<String> found = new TreeSet<>();
        paths.forEach(path -> Stream.of("post", "put", "patch", "delete")
                .filter(path::has)
                .forEach(method ->
                        found.add(path.path(method).path("operationId").asText())));
        return found;
    }

    @Test
    void every_operation_that_changes_something_leaves_an_entry() throws IOException {
        long start = entries.newest();
        Team.Member admin = team.newMember(Role.ADMIN);
        people(admin);
        secrets.addAll(AccountOperations.all(team, admin, this::does));
        secrets.addAll(ProgramOperations.all(admin, this::does));
        secrets.addAll(WebhookOperations.all(admin, this::does, team::sql));
        secrets.addAll(SingleSignOnOperations.all(team, admin, this::does));
        sites(admin);
        LabelOperations.all(admin, this::does);
        for (boolean away : new boolean[] {true, false}) {
            does("updateFirstSteps", as(admin).body(Map.of("putAway", away)), "PUT", "/api/overview/first-steps");
        }
        customers(team.newMember(Role.AGENT));
        rules(admin);
        replies(admin);
        unanswered(admin);
        HistoryOperations.all(admin, this::does);
        learning(admin);
        sessions();

        Map<String, List<String>> expected = ExpectedEntries.ofOperations();
        assertThat(written).isEqualTo(expected);

        Set<String> known = new TreeSet<>(expected.keySet());
        known.addAll(ExpectedEntries.WITHOUT_AN_ENTRY.keySet());
        known.addAll(AccountOperations.WITHOUT_AN_ENTRY.keySet());
        known.addAll(WebhookOperations.WITHOUT_AN_ENTRY.keySet());
        assertThat(known)
                .as("a new operation that changes something leaves an entry, or stands in the list with a reason")
                .isEqualTo(changingOperations());
        List<String> rows = entries.rowsAfter(start);
        assertThat(secrets).hasSizeGreaterThan(3);
        assertThat(rows).noneMatch(row -> secrets.stream().anyMatch(row::contains));
        assertThat(rows).as("hashes of passwords").noneMatch(row -> row.contains("$2"));
    }

    @Test
    void every_command_of_agents_is_accounted_for() {
        Set<Class<?>> commands =
                Stream.of(AgentCommand.class.getPermittedSubclasses()).collect(Collectors.toSet());

        assertThat(commands).isEqualTo(COMMANDS.keySet());
    }

    @Test
    void what_changes_nothing_leaves_no_entry() {
        Team.Member admin = team.newMember(Role.ADMIN);
        String site = "{\"name\": \"Twice\", \"allowedOrigins\": []}";
        String id = as(admin).body(site).post("/api/sites").path("id");
        String reply = as(admin)
                .body(Map.of("title", "Twice", "text", "Twice"))
                .post("/api/replies")
                .path("id");
        as(admin).post("/api/replies/" + reply + "/archive");
        String person = person(admin, "Twice");

        long before = entries.newest();
        as(admin).body(site).put("/api/sites/" + id).then().statusCode(200);
        as(admin).post("/api/replies/" + reply + "/archive").then().statusCode(200);
        as(admin)
                .body(Map.of("name", "Twice", "role", "agent", "active", true))
                .put("/api/users/" + person)
                .then()
                .statusCode(200);
        as(admin).delete("/api/blocked-customers/" + customer()).then().statusCode(204);

        assertThat(entries.after(before)).isEqualTo(List.of());
    }

    @Test
    void what_is_refused_leaves_no_entry() {
        Team.Member admin = team.newMember(Role.ADMIN);
        Team.Member agent = team.newMember(Role.AGENT);
        long before = entries.newest();

        as(agent).body("{\"name\": \"Mine\"}").post("/api/sites").then().statusCode(403);
        as(admin).body("{\"name\": \" \"}").post("/api/sites").then().statusCode(400);
        as(admin).post("/api/models/" + UUID.randomUUID() + "/promote").then().statusCode(404);

        assertThat(entries.after(before)).isEqualTo(List.of());
    }

    private String person(Team.Member admin, String name) {
        String email = UUID.randomUUID() + "@team.example";
        return does(
                        "createUser",
                        as(admin)
                                .body(Map.of("email", email, "name", name, "role", "agent", "password", Team.PASSWORD)),
                        "POST",
                        "/api/users")
                .path("id");
    }

    private void people(Team.Member admin) {
        secrets.add(Team.PASSWORD);
        secrets.add(NEW_PASSWORD);
        secrets.add(admin.cookie());
        String person = "/api/users/" + person(admin, "Ben");
        Map<String, Object> ben = new HashMap<>(Map.of("name", "Benjamin", "role", "admin", "active", true));
        does("updateUser", as(admin).body(ben), "PUT", person);
        ben.put("active", false);
        does("updateUser", as(admin).body(ben), "PUT", person);
        ben.put("password", NEW_PASSWORD);
        does("updateUser", as(admin).body(ben), "PUT", person);
        ben.remove("password");
        ben.put("active", true);
        does("updateUser", as(admin).body(ben), "PUT", person);
    }

    private void sites(Team.Member admin) {
        String site = "/api/sites/"
                + does("createSite", as(admin).body("{\"name\": \"Kites\"}"), "POST", "/api/sites")
                        .path("id");
        does("updateSite", as(admin).body("{\"name\": \"Kites and more\"}"), "PUT", site);
        does(
                "updateOpeningHours",
                as(admin).body("{\"limited\": true, \"timeZone\": \"UTC\"}"),
                "PUT",
                site + "/hours");
        does(
                "updateSiteForm",
                as(admin).body("{\"fields\": [{\"key\": \"n\", \"kind\": \"name\"}]}"),
                "PUT",
                site + "/form");
        does(
                "updateSiteWelcome",
                as(admin).body(Map.of("team", "initials", "questions", true)),
                "PUT",
                site + "/welcome");
        Response renewed = does(
                "renewIdentitySecret", as(admin).body("{\"keepOldMinutes\": 60}"), "POST", site + "/identity-secret");
        secrets.add(renewed.path("secret"));
        TeamOperations.all(admin, site, this::does);
        does("forgetPreviousIdentitySecret", as(admin), "DELETE", site + "/previous-identity-secret");
        does("endCustomerTokens", as(admin), "DELETE", site + "/customer-tokens");
    }

    private UUID customer() {
        UUID customer = UUID.randomUUID();
        team.sql(
                "insert into customer (id, site_id, name) select cast(:value as uuid), id, 'Kim' from site limit 1",
                customer.toString());
        return customer;
    }

    private void customers(Team.Member agent) {
        CustomerOperations.all(agent, customer(), customer(), this::does);
    }

    private void rules(Team.Member admin) {
        does(
                "eraseCustomer",
                as(admin).body("{\"reason\": \"By mail\"}"),
                "POST",
                "/api/customers/" + customer() + "/erase");
        does(
                "updateRetention",
                as(admin).body("{\"resolvedAfter\": 36500, \"openAfter\": null, \"importedAfter\": null}"),
                "PUT",
                "/api/retention");
        does(
                "updateRetention",
                as(admin).body("{\"resolvedAfter\": null, \"openAfter\": null, \"importedAfter\": null}"),
                "PUT",
                "/api/retention");
        does("updatePromotionPolicy", as(admin).body("{\"automatic\": true}"), "PUT", "/api/training/promotion-policy");
        does(
                "updatePromotionPolicy",
                as(admin).body("{\"automatic\": false}"),
                "PUT",
                "/api/training/promotion-policy");
    }

    private void replies(Team.Member admin) {
        Map<String, Object> reply = new HashMap<>(Map.of("title", "Kites", "text", "A kite needs wind."));
        String address = "/api/replies/"
                + does("createReply", as(admin).body(reply), "POST", "/api/replies")
                        .path("id");
        reply.putAll(Map.of("text", "A kite needs a steady wind.", "version", 1));
        does("updateReply", as(admin).body(reply), "PUT", address);
        ReplyOperations.all(admin, address, this::does);
        does("publishReply", as(admin), "POST", address + "/publish");
        String frequent = address.replace("/replies/", "/frequent-replies/");
        does("markFrequentReply", as(admin).body("{\"offered\": true}"), "PUT", frequent);
        does("archiveReply", as(admin), "POST", address + "/archive");
        String file = "title,text\nKite " + UUID.randomUUID() + ",Strings of a kite " + UUID.randomUUID() + "\n";
        does(
                "importReplies",
                as(admin).header("X-Replyloop", "1").contentType("text/csv").body(file),
                "POST",
                "/api/replies/import?format=csv");
    }

    private void unanswered(Team.Member admin) {
        UUID conversation = chat.silentConversation("Can I bring my parrot into the shop?");
        chat.impression(conversation, List.of(), List.of(chat.published("A parcel travels for twelve days.")));
        String group = "/api/unanswered/"
                + await().atMost(Duration.ofMinutes(1))
                        .until(() -> as(admin).get("/api/unanswered").path("items[0].id"), Objects::nonNull);
        does("setGroupAside", as(admin).body("{\"reason\": \"No pets\"}"), "PUT", group + "/set-aside");
        String aside = as(admin).get("/api/unanswered/set-aside").path("[0].id");
        does("takeGroupBack", as(admin), "DELETE", "/api/unanswered/set-aside/" + aside);
        Map<String, String> draft = Map.of("title", "Parrots", "text", "Parrots are welcome.");
        does("draftReplyToGroup", as(admin).body(draft), "POST", group + "/draft");
        String from = "/api/unanswered/conversations/" + conversation + "/draft";
        does("draftReplyFromConversation", as(admin).body(draft), "POST", from);
    }

    private void learning(Team.Member admin) {
        ModelVersionView older = lab.champion();
        ModelVersionView newer = lab.champion();
        does("promoteModel", as(admin), "POST", "/api/models/" + older.id() + "/promote");
        does("promoteModel", as(admin), "POST", "/api/models/" + newer.id() + "/promote");
        Map<String, Object> shadow = Map.of("model", older.id(), "hours", 1);
        String unseen = does("startShadow", as(admin).body(shadow), "POST", "/api/shadows")
                .path("id");
        does("stopShadow", as(admin), "POST", "/api/shadows/" + unseen + "/stop");
        models(admin, older);
        // So many that one of them is surely in each part.
        lab.conversations(40);
        String example = "/api/examples/" + as(admin).get("/api/examples").path("items[0].id");
        does("excludeExample", as(admin).body("{\"excluded\": true}"), "PUT", example);
        does("excludeExample", as(admin).body("{\"excluded\": false}"), "PUT", example);
        examples.carryOut(admin, this::does);
        String run = does("startTraining", as(admin).body("{\"anyway\": true}"), "POST", "/api/training/runs")
                .path("id");
        does("cancelTraining", as(admin), "POST", "/api/training/runs/" + run + "/cancel");
        Map<String, Object> schedule =
                Map.of("enabled", false, "cron", "0 4 * * *", "timeZone", "UTC", "minimumDecisions", 30);
        String rejection = "/api/training/runs/" + lab.ended() + "/rejection";
        does("rejectTrainingRun", as(admin).body("{\"reason\": \"Worse in Chinese\"}"), "PUT", rejection);
        does("takeBackTrainingRejection", as(admin), "DELETE", rejection);
        does("updateTrainingSchedule", as(admin).body(schedule), "PUT", "/api/training/schedule");
        lab.tested(30);
        Map<String, Object> both = Map.of("model", older.id(), "against", newer.id());
        does("measureModels", as(admin).body(both), "POST", "/api/training/measurements");
    }

    private void models(Team.Member admin, ModelVersionView model) {
        byte[] archive =
                as(admin).get("/api/models/" + model.id() + "/download").asByteArray();
        Map<String, Object> file = Map.of("file", "mine.zip", "bytes", archive.length);
        String upload = "/api/model-uploads/"
                + as(admin).body(file).post("/api/model-uploads").path("id");
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .body(archive)
                .put(upload + "?offset=0")
                .then()
                .statusCode(200);
        does("finishModelUpload", as(admin), "POST", upload + "/finish");
        String pin = "/api/models/" + model.id() + "/pin";
        does("pinModel", as(admin).body(Map.of("pinned", true)), "PUT", pin);
        does("pinModel", as(admin).body(Map.of("pinned", false)), "PUT", pin);
        Map<String, Object> rule = Map.of("enabled", false, "keepNewest", 20, "promotedDays", 30);
        does("updateModelRetention", as(admin).body(rule), "PUT", "/api/model-retention");
    }

    private void sessions() {
        String token = team.setupToken();
        secrets.add(token);
        String email = UUID.randomUUID() + "@first.example";
        Map<String, String> first = Map.of("token", token, "email", email, "name", "First", "password", Team.PASSWORD);
        does("makeFirstAdmin", nobody().body(first), "POST", "/api/setup");
        Map<String, String> credentials = Map.of("email", email, "password", Team.PASSWORD);
        Response opened = does("signIn", nobody().body(credentials), "POST", "/api/session");
        Map<String, String> cookies = opened.cookies();
        secrets.addAll(cookies.values());
        Map<String, String> change = Map.of("current", Team.PASSWORD, "password", NEW_PASSWORD);
        does("changePassword", nobody().cookies(cookies).body(change), "PUT", "/api/session/password");
        does("signOut", nobody().cookies(cookies), "DELETE", "/api/session");
    }
}
