package io.replyloop.singlesignon;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.SessionDevice;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SingleSignOnTest extends SignsInElsewhere {
    @Inject
    Entrance entrance;

    @Inject
    Providers providers;

    @Inject
    SingleSignOnResource resource;

    /** As much of a request as it takes to know where it went. */
    private static RoutingContext at(String path) {
        return fake(RoutingContext.class, (self, method, values) -> switch (method.getName()) {
            case "normalizedPath" -> path;
            case "request" -> fake(HttpServerRequest.class, (request, asked, given) -> null);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static List<String> saidWhile(String logger, Runnable act) {
        List<String> said = new CopyOnWriteArrayList<>();
        Handler listener = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord record) {
                said.add(new PatternFormatter("%m").format(record));
            }
        };
        Logger log = Logger.getLogger(logger);
        log.addHandler(listener);
        try {
            act.run();
        } finally {
            log.removeHandler(listener);
        }
        return said;
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    @Test
    void somebody_who_comes_for_the_first_time_gets_an_account_and_lands_on_the_page_that_they_wanted() {
        set(Map.of()).then().statusCode(204);
        nobody().get(WAYS).then().statusCode(200).body("provider", equalTo("Example Ltd"));
        String person = newPerson(Map.of());
        Visitor visitor = new Visitor();
        Visitor.Arrival arrival = enter(visitor, person);
        assertThat(arrival.address()).isEqualTo(URI.create(replyloop() + "/admin/"));
        me(visitor)
                .then()
                .statusCode(200)
                .body("email", equalTo(person + "@company.example"))
                .body("name", equalTo("Grace Hopper"))
                .body("role", equalTo("agent"));
        // What the way there has left with the browser is gone.
        assertThat(visitor.cookie("replyloop_return")).isNull();
        // The account has no password, and none fits.
        nobody().body(Map.of("email", person + "@company.example", "password", "none"))
                .post("/api/session")
                .then()
                .statusCode(401);

        Visitor again = new Visitor();
        enter(again, person);
        assertThat(me(again).<String>path("id")).isEqualTo(me(visitor).path("id"));
    }

    @Test
    void groups_decide_who_comes_in_and_as_what_and_whoever_leaves_them_loses_it() {
        set(Map.of(
                        "groupsClaim",
                        "realm_access.roles",
                        "adminGroups",
                        List.of("leads"),
                        "agentGroups",
                        List.of("support")))
                .then()
                .statusCode(204);
        String lead = newPerson(Map.of("realm_access", Map.of("roles", List.of("leads", "other"))));
        Visitor first = new Visitor();
        enter(first, lead);
        me(first).then().body("role", equalTo("admin"));

        company.hasPerson(
                lead,
                Map.of(
                        "email",
                        lead + "@company.example",
                        "email_verified",
                        true,
                        "realm_access",
                        Map.of("roles", List.of("support"))));
        Visitor second = new Visitor();
        enter(second, lead);
        me(second).then().body("role", equalTo("agent"));
        // The session of the time as an admin has ended.
        me(first).then().statusCode(401);

        String stranger = newPerson(Map.of("realm_access", Map.of("roles", List.of("sales"))));
        Visitor third = new Visitor();
        assertThat(reason(enter(third, stranger))).isEqualTo("single-sign-on=no-group");
        assertThat(third.cookie(Team.SESSION_COOKIE)).isNull();
        assertThat(agents.byEmail(stranger + "@company.example")).isEmpty();
    }

    @Test
    void an_account_is_taken_over_only_with_an_address_that_the_provider_has_verified() {
        set(Map.of()).then().statusCode(204);
        Member anna = team.newMember("Anna", Role.ADMIN);
        String impostor = newPerson(Map.of("email", anna.agent().email(), "email_verified", false));
        assertThat(reason(enter(new Visitor(), impostor))).isEqualTo("single-sign-on=no-address");

        String herself = newPerson(Map.of("email", anna.agent().email()));
        Visitor visitor = new Visitor();
        enter(visitor, herself);
        me(visitor).then().body("id", equalTo(anna.agent().id().toString())).body("role", equalTo("admin"));

        // From now on the subject counts, whatever becomes of the address.
        company.hasPerson(herself, Map.of("email", "new-" + herself + "@company.example", "email_verified", true));
        Visitor later = new Visitor();
        enter(later, herself);
        me(later).then().body("id", equalTo(anna.agent().id().toString()));

        // The address is somebody else's by now: it leads to nobody's account, until an admin says that it is the same
        // person.
        String heir = newPerson(Map.of("email", anna.agent().email()));
        assertThat(reason(enter(new Visitor(), heir))).isEqualTo("single-sign-on=taken");
        String people = SETTINGS + "/people";
        as(anna).get(people).then().body("$", hasItem(anna.agent().id().toString()));
        as(team.newMember(Role.AGENT))
                .delete(people + "/" + anna.agent().id())
                .then()
                .statusCode(403);
        as(admin).delete(people + "/" + anna.agent().id()).then().statusCode(204);
        Visitor anew = new Visitor();
        enter(anew, heir);
        me(anew).then().body("id", equalTo(anna.agent().id().toString()));
    }

    @Test
    void without_new_accounts_only_people_with_one_or_an_invitation_come_in() {
        set(Map.of("newAccounts", false)).then().statusCode(204);
        String stranger = newPerson(Map.of());
        assertThat(reason(enter(new Visitor(), stranger))).isEqualTo("single-sign-on=no-account");

        String invited = newPerson(Map.of());
        as(admin)
                .body(Map.of("email", invited + "@company.example", "name", "Ina", "role", "admin"))
                .post("/api/invitations")
                .then()
                .statusCode(200);
        Visitor visitor = new Visitor();
        enter(visitor, invited);
        me(visitor).then().statusCode(200).body("role", equalTo("admin"));
        as(admin).get("/api/invitations").then().body("email", not(containsString(invited)));
    }

    @Test
    void a_closed_account_stays_closed() {
        set(Map.of()).then().statusCode(204);
        String person = newPerson(Map.of());
        Visitor visitor = new Visitor();
        enter(visitor, person);
        SignedInAgent agent = agents.byEmail(person + "@company.example").orElseThrow();
        agents.update(agent.id(), agent.name(), agent.role(), false, null);
        me(visitor).then().statusCode(401);
        assertThat(reason(enter(new Visitor(), person))).isEqualTo("single-sign-on=closed");
    }

    @Test
    void whoever_signs_out_here_is_signed_out_there_where_that_is_wanted() {
        set(Map.of("signsOutThere", true)).then().statusCode(204);
        String person = newPerson(Map.of());
        Visitor visitor = new Visitor();
        enter(visitor, person);
        Response out = RestAssured.given()
                .cookie(Team.SESSION_COOKIE, visitor.cookie(Team.SESSION_COOKIE))
                .header("X-Replyloop", "1")
                .delete("/api/session");
        out.then().statusCode(200).body("continueAt", containsString(company.issuer()));
        me(visitor).then().statusCode(401);
        // Whoever has a password only is sent nowhere.
        as(team.newMember(Role.AGENT))
                .header("X-Replyloop", "1")
                .delete("/api/session")
                .then()
                .statusCode(204);
    }

    @Test
    void whoever_has_signed_out_comes_in_again_only_through_the_provider() {
        set(Map.of()).then().statusCode(204);
        String person = newPerson(Map.of());
        Visitor visitor = new Visitor();
        enter(visitor, person);
        // Nothing of the library's own session stays with the browser.
        assertThat(visitor.cookies()).noneMatch(name -> name.startsWith("q_"));
        int before = visitor.passed().size();
        visitor.get(replyloop() + WAYS + "/start");
        assertThat(visitor.passed().subList(before, visitor.passed().size()))
                .anyMatch(address -> address.toString().startsWith(company.issuer() + "/auth"));
    }

    @Test
    void somebody_is_in_more_groups_than_a_cookie_holds() {
        set(Map.of("agentGroups", List.of("support"))).then().statusCode(204);
        List<String> groups = new ArrayList<>(IntStream.range(0, 1_000)
                .mapToObj(number -> "another group " + number)
                .toList());
        groups.add("support");
        Visitor visitor = new Visitor();
        enter(visitor, newPerson(Map.of("groups", groups)));
        me(visitor).then().statusCode(200);
        assertThat(visitor.cookies()).noneMatch(name -> name.startsWith("q_"));
    }

    @Test
    void an_address_that_only_looks_like_that_of_somebody_else_leads_to_no_account() {
        set(Map.of()).then().statusCode(204);
        Member kate = team.newMember("Kate", Role.ADMIN);
        String like = kate.agent().email();
        for (String address : List.of("\u212A" + like, like + "\u200B", "a b" + like, "nothing")) {
            Visitor visitor = new Visitor();
            assertThat(reason(enter(visitor, newPerson(Map.of("email", address)))))
                    .isEqualTo("single-sign-on=no-address");
        }
    }

    @Test
    void a_name_that_nobody_could_see_is_the_address_instead() {
        set(Map.of()).then().statusCode(204);
        String person = newPerson(Map.of("name", "\u200B\u0007\u200F"));
        Visitor visitor = new Visitor();
        enter(visitor, person);
        me(visitor).then().body("name", equalTo(person + "@company.example"));
    }

    @Test
    void whoever_signs_out_there_is_signed_out_here() {
        set(Map.of()).then().statusCode(204);
        String person = newPerson(Map.of());
        Visitor visitor = new Visitor();
        enter(visitor, person);
        String other = newPerson(Map.of());
        Visitor colleague = new Visitor();
        enter(colleague, other);

        Visitor.Arrival page = visitor.get(company.issuer() + "/session/end");
        String secret = Visitor.between(page.body(), "name=\"xsrf\" value=\"", "\"");
        visitor.post(URI.create(company.issuer() + "/session/end/confirm"), Map.of("xsrf", secret, "logout", "yes"));
        me(visitor).then().statusCode(401);
        me(colleague).then().statusCode(200);
    }

    @Test
    void a_logout_token_that_the_provider_has_not_signed_ends_nothing() {
        set(Map.of()).then().statusCode(204);
        for (String token : List.of("", "a.b.c", "eyJhbGciOiJub25lIn0.e30.")) {
            RestAssured.given()
                    .contentType(ContentType.URLENC)
                    .formParam("logout_token", token)
                    .post(WAYS + "/signed-out")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void whoever_is_refused_there_or_comes_with_something_made_up_lands_on_the_sign_in_with_a_reason() {
        set(Map.of()).then().statusCode(204);
        Visitor visitor = new Visitor();
        Visitor.Arrival page = visitor.get(replyloop() + WAYS + "/start?to=/console/");
        Visitor.Arrival refused = visitor.get(URI.create(Visitor.between(page.body(), "action=\"", "\"")) + "/abort");
        assertThat(refused.address().getPath()).isEqualTo("/console/");
        assertThat(reason(refused)).isEqualTo("single-sign-on=refused-there");

        Visitor.Arrival madeUp = new Visitor().get(replyloop() + WAYS + "/enter?code=made-up&state=made-up");
        assertThat(madeUp.address().toString()).doesNotContain("made-up");
        // Nobody is sent to a page of somebody else.
        for (String elsewhere : List.of(
                "https://evil.example/",
                "//evil.example",
                "/console/..//evil",
                "/console/%2e%2E/api/session",
                "/console/%",
                "/admin/\r\nX: y")) {
            Visitor somebody = new Visitor();
            Visitor.Arrival there = somebody.get(
                    replyloop() + WAYS + "/start?to=" + URLEncoder.encode(elsewhere, StandardCharsets.UTF_8));
            Visitor.Arrival end = somebody.signIn(there, newPerson(Map.of()));
            assertThat(end.address()).isEqualTo(URI.create(replyloop() + "/console/"));
        }
        Visitor somebody = new Visitor();
        Visitor.Arrival there = somebody.get(replyloop() + WAYS + "/start?to=/admin/%25zz");
        assertThat(somebody.signIn(there, newPerson(Map.of())).address().getPath())
                .isEqualTo("/console/");
        me(somebody).then().statusCode(200);
    }

    @Test
    void a_name_that_nobody_sees_is_not_taken_and_nobody_comes_in_without_a_subject() {
        set(Map.of()).then().statusCode(204);
        String person = newPerson(Map.of("name", "\u202E \u200B"));
        Visitor visitor = new Visitor();
        enter(visitor, person);
        me(visitor).then().statusCode(200).body("name", equalTo(person + "@company.example"));

        Provider provider = providers.current().orElseThrow();
        Person nobody = new Person(company.issuer(), "", null, "a@company.example", true, "A", Set.of(), "token");
        assertThatThrownBy(() -> entrance.enter(nobody, provider.settings(), SessionDevice.UNKNOWN))
                .isInstanceOf(NotLetIn.class);
        assertThat(agents.byEmail("a@company.example")).isEmpty();
    }

    @Test
    void what_strangers_send_begins_no_line_of_the_log() {
        set(Map.of()).then().statusCode(204);
        List<String> said = saidWhile("io.replyloop.singlesignon", () -> {
            RestAssured.given()
                    .redirects()
                    .follow(false)
                    .queryParam("error", "denied\nFORGED")
                    .get(WAYS + "/refused")
                    .then()
                    .statusCode(303);
            RestAssured.given()
                    .contentType(ContentType.URLENC)
                    .formParam("logout_token", "a\nFORGED")
                    .post(WAYS + "/signed-out")
                    .then()
                    .statusCode(400);
        });
        assertThat(said).hasSize(2).noneMatch(line -> line.contains("\n"));
        assertThat(said.get(1)).doesNotContain("FORGED");
    }

    @Test
    void programs_that_ask_too_often_are_told_so_and_browsers_are_led_back_without_a_failure_in_the_log() {
        Problem tooOften = new Problem(ProblemCode.RATE_LIMITED, "Wait a moment.");
        assertThat(resource.failed(tooOften, at(WAYS)).getStatus()).isEqualTo(429);
        List<String> said = saidWhile(
                "io.replyloop.platform",
                () -> assertThat(resource.failed(tooOften, at(WAYS + "/start")).getLocation())
                        .isEqualTo(URI.create("/console/?single-sign-on=failed")));
        assertThat(said).isEmpty();
    }
}
